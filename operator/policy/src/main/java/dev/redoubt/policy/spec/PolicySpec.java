package dev.redoubt.policy.spec;

import dev.redoubt.policy.Redaction;
import java.util.List;

/**
 * One or several policies as they were written, before anybody has made sure that a guard can follow them.
 *
 * @param redaction what they ask for
 * @param entities their own entities, those of {@code redaction}, with the texts that these are tried on
 */
public record PolicySpec(Redaction redaction, List<EntitySpec> entities) {
    public PolicySpec {
        entities = List.copyOf(entities);
    }
}
