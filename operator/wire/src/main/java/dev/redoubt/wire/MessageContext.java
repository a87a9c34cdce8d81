package dev.redoubt.wire;

import dev.redoubt.policy.Client;
import dev.redoubt.wire.path.Aliases;
import dev.redoubt.wire.seal.SealPlace;
import dev.redoubt.wire.text.Judgements;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a message from outside of it.
 *
 * @param place where the records belong that it holds
 * @param opensSealedFields whether encrypted fields are opened for the client
 * @param tenant tenant of the client; {@code null} where it has none
 * @param reveals entities whose originals the client may see
 * @param judgements what others find in its texts; {@code null} where nobody can be asked
 * @param aliases what its members are in truth, where they go by names that a request gave them
 */
public record MessageContext(
        SealPlace place,
        boolean opensSealedFields,
        String tenant,
        List<String> reveals,
        Judgements judgements,
        Aliases aliases) {
    public MessageContext {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(aliases, "aliases");
        reveals = List.copyOf(reveals);
    }

    /** Of a message whose members go by their own names. */
    public MessageContext(
            SealPlace place, boolean opensSealedFields, String tenant, List<String> reveals, Judgements judgements) {
        this(place, opensSealedFields, tenant, reveals, judgements, Aliases.NONE);
    }

    /** Of a message about whose texts nobody can be asked. */
    public MessageContext(SealPlace place, boolean opensSealedFields, String tenant, List<String> reveals) {
        this(place, opensSealedFields, tenant, reveals, null);
    }

    /**
     * The context of a request by its path: the variables {@code tenant}, {@code collection} and {@code record} tell the
     * place.
     *
     * @param client {@code null} where nobody is known
     */
    public static MessageContext of(Map<String, String> variables, Client client) {
        SealPlace place = new SealPlace(
                variables.getOrDefault("tenant", ""),
                variables.getOrDefault("collection", ""),
                variables.get("record"));
        return client == null
                ? new MessageContext(place, false, null, List.of())
                : new MessageContext(place, client.opensSealedFields(), client.tenant(), client.reveals());
    }

    /** The same message, whose records belong elsewhere. */
    MessageContext at(SealPlace other) {
        return new MessageContext(other, opensSealedFields, tenant, reveals, judgements);
    }

    /** The same message, which others judge. */
    public MessageContext judgedBy(Judgements others) {
        return new MessageContext(place, opensSealedFields, tenant, reveals, others, aliases);
    }

    /** The answer to the same message, as it asks for it. */
    MessageContext answered(SealPlace other, Aliases names) {
        return new MessageContext(other, opensSealedFields, tenant, reveals, judgements, names);
    }
}
