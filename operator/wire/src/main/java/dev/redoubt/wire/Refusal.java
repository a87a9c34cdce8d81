package dev.redoubt.wire;

import java.util.Objects;

/**
 * That a message is refused, and by which rule. Never holds any of the message.
 *
 * @param reason why
 * @param rule what refused it: a path of the profile, the name of an entity, a kind of fault
 */
public record Refusal(RefusalReason reason, String rule) {
    public Refusal {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(rule, "rule");
    }
}
