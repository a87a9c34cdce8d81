package dev.redoubt.policy;

import dev.redoubt.profiles.Stage;
import java.util.List;
import java.util.Objects;

/**
 * What happens to some entities at some stages. Where several rules name one entity at one stage, the first wins.
 *
 * @param entities names for {@link Redaction#named}
 * @param at the stages
 * @param action what happens
 */
public record RedactionRule(List<String> entities, List<Stage> at, Action action) {
    public RedactionRule {
        entities = List.copyOf(entities);
        at = List.copyOf(at);
        Objects.requireNonNull(action, "action");
    }
}
