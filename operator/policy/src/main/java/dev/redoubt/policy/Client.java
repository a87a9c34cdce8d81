package dev.redoubt.policy;

import dev.redoubt.profiles.Operation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Somebody who is known to the target. A known client without an operation gets 403, an unknown one 401.
 *
 * @param name the client's name in the RagPipeline; what audit and metrics call it
 * @param apiKeySha256 SHA-256 of each API key that is valid now, 64 lower-case hexadecimal digits; the keys are
 *     256 random bits, so a plain digest cannot be searched
 * @param operations what it may do on this target
 * @param opensSealedFields whether encrypted fields are opened for it
 * @param requestsPerMinute its rate on this target, at least 1; {@code null} for no limit
 * @param tenant whose keys its tokens are made with; {@code null} for those of the pipeline
 * @param reveals entities whose tokens and encrypted texts are restored for it in answers, by names as in rules
 * @param leakageTest whether it is a leakage test's attacker or writer: marked in the audit, treated like any other
 */
public record Client(
        String name,
        List<String> apiKeySha256,
        List<Operation> operations,
        boolean opensSealedFields,
        Integer requestsPerMinute,
        String tenant,
        List<String> reveals,
        boolean leakageTest) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Client {
        Objects.requireNonNull(name, "name");
        apiKeySha256 = List.copyOf(apiKeySha256);
        operations = List.copyOf(operations);
        reveals = List.copyOf(reveals);
        for (String digest : apiKeySha256) {
            if (!SHA256.matcher(digest).matches()) {
                throw new IllegalArgumentException("client " + name + " has an API key digest that is not SHA-256");
            }
        }
        if (requestsPerMinute != null && requestsPerMinute < 1) {
            throw new IllegalArgumentException("client " + name + " has a rate below 1 per minute");
        }
    }
}
