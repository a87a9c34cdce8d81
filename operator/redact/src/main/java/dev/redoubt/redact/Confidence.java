package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.redact.recognise.Catalogue;
import dev.redoubt.redact.recognise.Recogniser;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How sure a finding is, for readers that expect Presidio's scores. */
public final class Confidence {
    private Confidence() {}

    /**
     * The lowest score of the recognisers of an entity.
     *
     * @param redaction defines the entities that are not built in
     * @return 0 to 1; 1 for an entity that is recognised by its form alone, without the combined automaton
     */
    public static double of(Entity entity, Redaction redaction) {
        return redaction.entities().stream()
                .filter(custom -> custom.entity().equals(entity))
                .mapToDouble(custom -> custom.score().doubleValue())
                .findFirst()
                .orElseGet(() -> lowest(Catalogue.of(Set.of(entity), List.of()).stream()));
    }

    /** The lowest score of recognisers; 1 where there are none, because the form alone tells. */
    static double lowest(Stream<Recogniser> recognisers) {
        return recognisers.mapToDouble(Recogniser::score).min().orElse(1);
    }
}
