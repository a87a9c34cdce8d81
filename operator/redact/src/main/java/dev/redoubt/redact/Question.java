package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.Redaction;
import dev.redoubt.profiles.Stage;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a recogniser outside of this program is asked about the texts of a stage.
 *
 * @param recognizer who is asked
 * @param entities those of its entities that a rule of the stage is about, at least one
 */
public record Question(ExternalRecognizer recognizer, Set<Entity> entities) {
    public Question {
        Objects.requireNonNull(recognizer, "recognizer");
        entities = Set.copyOf(entities);
    }

    /** What is asked about the texts of a stage, of everybody. */
    public static List<Question> of(Redaction redaction, Stage stage) {
        Set<Entity> ruled = redaction.rules().stream()
                .filter(rule -> rule.at().contains(stage))
                .flatMap(rule -> redaction.entities(rule).stream())
                .collect(Collectors.toSet());
        return redaction.recognizers().stream()
                .map(recognizer -> new Question(
                        recognizer,
                        redaction.entities(recognizer).stream()
                                .filter(ruled::contains)
                                .collect(Collectors.toSet())))
                .filter(question -> !question.entities().isEmpty())
                .toList();
    }
}
