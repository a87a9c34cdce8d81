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
 * @param tenant how the line after the head is confined to a tenant; {@code null} where it cannot be, and then the pair
 *     is refused to clients that have one
 * @param confined what the member that makes the kind is called instead, for clients that are confined to a tenant;
 *     {@code null} for the same
 */
public record LinePair(String member, List<ValueSpec> head, List<ValueSpec> body, TenantRule tenant, String confined) {
    public LinePair {
        head = List.copyOf(Objects.requireNonNull(head, "head"));
        body = body == null ? null : List.copyOf(body);
        if (confined != null && member == null) {
            throw new IllegalArgumentException("a head of any kind is called nothing");
        }
    }

    /** A pair that is no tenant's. */
    public LinePair(String member, List<ValueSpec> head, List<ValueSpec> body) {
        this(member, head, body, null, null);
    }
}
