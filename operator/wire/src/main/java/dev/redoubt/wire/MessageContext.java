package dev.redoubt.wire;

import dev.redoubt.wire.seal.SealPlace;
import dev.redoubt.wire.text.Judgements;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a message from outside of it.
 *
 * @param place where the records belong that it holds
 * @param opensSealedFields whether encrypted fields are opened for the client
 * @param judgements what others find in its texts; {@code null} where nobody can be asked
 */
public record MessageContext(SealPlace place, boolean opensSealedFields, Judgements judgements) {
    public MessageContext {
        Objects.requireNonNull(place, "place");
    }

    /** The context of a request by its path: the variables {@code tenant} and {@code collection} tell the place. */
    public static MessageContext of(Map<String, String> variables, boolean opensSealedFields) {
        return new MessageContext(
                new SealPlace(variables.getOrDefault("tenant", ""), variables.getOrDefault("collection", "")),
                opensSealedFields,
                null);
    }

    /** The same message, which others judge. */
    public MessageContext judgedBy(Judgements others) {
        return new MessageContext(place, opensSealedFields, others);
    }
}
