package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer;
import java.util.Objects;
import java.util.Set;

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
}
