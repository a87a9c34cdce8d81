package dev.redoubt.profiles;

import java.util.List;
import java.util.Objects;

/**
 * One kind of pair in a body of lines that come in pairs: a line that says what is to be done, its head, and a line that
 * it is done with.
 *
 * @param member the member that makes a head one of this kind, and which then is its only one; {@code null} for any head
 * @param head the values of the head
 * @param body the values of the line after it; {@code null} where none comes
 */
public record LinePair(String member, List<ValueSpec> head, List<ValueSpec> body) {
    public LinePair {
        head = List.copyOf(Objects.requireNonNull(head, "head"));
        body = body == null ? null : List.copyOf(body);
    }
}
