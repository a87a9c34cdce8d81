package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import java.util.Objects;

/**
 * A part of a text that somebody else recognised, such as Presidio's analyzer.
 *
 * @param entity what it is
 * @param start first byte, counted from the beginning of the text
 * @param end the byte after the last
 * @param score how sure that is, 0 to 1
 */
public record Span(Entity entity, int start, int end, double score) {
    public Span {
        Objects.requireNonNull(entity, "entity");
        if (start < 0 || end <= start || !(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("not a part of any text");
        }
    }
}
