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
 * @param reversible whether a token can be restored for clients that may see the original; only with {@link Action#Tokenize}
 */
public record RedactionRule(List<String> entities, List<Stage> at, Action action, boolean reversible) {
    public RedactionRule {
        entities = List.copyOf(entities);
        at = List.copyOf(at);
        Objects.requireNonNull(action, "action");
        if (reversible && action != Action.Tokenize) {
            throw new IllegalArgumentException("only tokens are reversible");
        }
    }

    /** A rule without tokens that can be restored. */
    public RedactionRule(List<String> entities, List<Stage> at, Action action) {
        this(entities, at, action, false);
    }
}
