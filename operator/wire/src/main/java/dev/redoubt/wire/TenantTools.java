package dev.redoubt.wire;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.Restorer;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.vectors.VectorProtection;
import dev.redoubt.wire.MessageEditor.Tools;
import dev.redoubt.wire.seal.FieldSealer;
import dev.redoubt.wire.seal.FieldTokens;
import java.util.HashMap;
import java.util.Map;

/** What messages are edited with, by the tenants of clients: their tokens have keys of their own. */
final class TenantTools {
    private final Redactor redactor;
    private final FieldSealer sealer;
    private final FieldTokens fieldTokens;
    private final VectorProtection protection;
    private final boolean observes;
    private final boolean reveals;
    private final TokenKey key;
    private final Map<String, TokenKey> keys = new HashMap<>();
    private final Map<String, Redactor> redactors = new HashMap<>();

    /**
     * @param redactor of the pipeline
     * @param key the one of the pipeline; {@code null} where there is none, and then nothing is restored
     */
    TenantTools(
            GuardConfig config,
            Redactor redactor,
            TokenKey key,
            FieldSealer sealer,
            FieldTokens fieldTokens,
            VectorProtection protection) {
        this.protection = protection;
        this.redactor = redactor;
        this.key = key;
        this.sealer = sealer;
        this.fieldTokens = fieldTokens;
        this.observes = config.mode() == Mode.Observe;
        this.reveals = key != null
                && config.clients().stream()
                        .anyMatch(client -> !client.reveals().isEmpty());
        for (Client client : config.clients()) {
            if (client.tenant() != null && key != null) {
                TokenKey own = keys.computeIfAbsent(client.tenant(), key::forTenant);
                redactors.computeIfAbsent(client.tenant(), tenant -> redactor.keyed(own));
            }
        }
    }

    /** Finds entities, for whom it does not matter what they become. */
    Redactor redactor() {
        return redactor;
    }

    boolean observes() {
        return observes;
    }

    /** Whether there is anybody who may see originals. */
    boolean reveals() {
        return reveals;
    }

    /** Those for one message. */
    Tools of(MessageContext context) {
        boolean restores = key != null && !observes && !context.reveals().isEmpty();
        return new Tools(
                redactors.getOrDefault(context.tenant(), redactor),
                sealer,
                fieldTokens,
                restores ? new Restorer(keys.getOrDefault(context.tenant(), key), context.reveals()) : null,
                protection,
                observes);
    }
}
