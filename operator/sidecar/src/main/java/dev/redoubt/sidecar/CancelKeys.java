package dev.redoubt.sidecar;

import dev.redoubt.wire.postgres.FieldWriter;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys by which clients cancel their statements. What a client is given is of the guard's own making: with the
 * database's own key it could cancel from another pod, past the guard.
 */
final class CancelKeys {
    private static final int SECRET_BYTES = 4;
    private static final int CANCEL_CODE = 1234 << 16 | 5678;
    private static final int CANCEL_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Given> byProcess = new ConcurrentHashMap<>();

    /**
     * What a client was given.
     *
     * @param process a random number in place of the server's process
     * @param secret random
     * @param upstream the CancelRequest that the server understands
     */
    record Given(int process, byte[] secret, byte[] upstream) {}

    /** Makes a key for a session. */
    Given give(int process, int secret) {
        byte[] own = new byte[SECRET_BYTES];
        random.nextBytes(own);
        byte[] upstream = new FieldWriter()
                .int32(CANCEL_BYTES)
                .int32(CANCEL_CODE)
                .int32(process)
                .int32(secret)
                .body();
        while (true) {
            Given given = new Given(random.nextInt(Integer.MAX_VALUE), own, upstream);
            if (byProcess.putIfAbsent(given.process(), given) == null) {
                return given;
            }
        }
    }

    /** The session that a key belongs to. */
    Optional<Given> find(int process, byte[] secret) {
        return Optional.ofNullable(byProcess.get(process))
                .filter(given -> MessageDigest.isEqual(given.secret(), secret));
    }

    /** The session is over. */
    void forget(Given given) {
        byProcess.remove(given.process(), given);
    }
}
