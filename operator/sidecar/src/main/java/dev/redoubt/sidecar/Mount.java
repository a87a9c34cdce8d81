package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The files that a guard is configured by. In a pod the kubelet mounts them; they are read together from one generation.
 *
 * <p>What is not there is {@code null}.
 *
 * @param config {@code guard.json}
 * @param keyring {@code keyring.json}
 * @param certificate {@code tls.crt}: the admin server's certificate chain, PEM
 * @param key {@code tls.key}: its private key, PEM
 * @param authority {@code ca.crt}: who signs the clients of the admin port, PEM
 * @param upstream {@code upstream.json}: the credential that the target asks for
 */
public record Mount(byte[] config, byte[] keyring, byte[] certificate, byte[] key, byte[] authority, byte[] upstream) {
    /** A symbolic link that the kubelet swaps in one step when it has written a new generation. */
    private static final String GENERATION = "..data";

    private static final int MOST_BYTES = 4 << 20;

    /**
     * Reads the directory; a file that is not there is {@code null}.
     *
     * @throws IOException where a file is there but cannot be read, or a generation went away while it was read
     */
    static Mount read(Path directory) throws IOException {
        Path link = directory.resolve(GENERATION);
        Path generation = Files.exists(link) ? link.toRealPath() : directory;
        return new Mount(
                file(generation, "guard.json"),
                file(generation, "keyring.json"),
                file(generation, "tls.crt"),
                file(generation, "tls.key"),
                file(generation, "ca.crt"),
                file(generation, "upstream.json"));
    }

    private static byte[] file(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(name + " is larger than " + MOST_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * What stands for a mount where there is no kubelet, and no controller that could call the admin port.
     *
     * @param keyring {@code null} for none
     */
    public static Mount of(GuardConfig config, Keyring keyring) {
        try {
            byte[] keys = keyring == null ? null : keyring.json();
            return new Mount(config.json().getBytes(StandardCharsets.UTF_8), keys, null, null, null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the admin server has all that it needs. */
    boolean hasCertificates() {
        return certificate != null && key != null && authority != null;
    }

    boolean sameCertificates(Mount other) {
        return Arrays.equals(certificate, other.certificate)
                && Arrays.equals(key, other.key)
                && Arrays.equals(authority, other.authority);
    }

    /** Names no content: it holds keys. */
    @Override
    public String toString() {
        return "Mount";
    }
}
