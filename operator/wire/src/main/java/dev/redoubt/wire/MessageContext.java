package dev.redoubt.wire;

import dev.redoubt.wire.seal.SealPlace;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a message from outside of it.
 *
 * @param place where the records belong that it holds
 * @param opensSealedFields whether encrypted fields are opened for the client
 */
public record MessageContext(SealPlace place, boolean opensSealedFields) {
    public MessageContext {
        Objects.requireNonNull(place, "place");
    }

    /** The context of a request by its path: the variables {@code tenant} and {@code collection} tell the place. */
    public static MessageContext of(Map<String, String> variables, boolean opensSealedFields) {
        return new MessageContext(
                new SealPlace(variables.getOrDefault("tenant", ""), variables.getOrDefault("collection", "")),
                opensSealedFields);
    }
}
