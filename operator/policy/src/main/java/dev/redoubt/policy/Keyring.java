package dev.redoubt.policy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The keys of one target, as the sidecar is given them. Has no readable form on purpose.
 *
 * @param active version that new values are sealed with; 0 where the target seals nothing and has no data key
 * @param keys AES-256 data keys by version, 32 bytes each; empty where the target seals nothing
 * @param token HMAC-SHA-256 key of tokens and hashes, 32 bytes
 */
public record Keyring(int active, Map<Integer, byte[]> keys, byte[] token) {
    private static final int KEY_BYTES = 32;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Keyring {
        keys = new TreeMap<>(keys);
        Objects.requireNonNull(token, "token");
        if (keys.isEmpty() ? active != 0 : !keys.containsKey(active)) {
            throw new IllegalArgumentException("the active key version is not in the key ring");
        }
        for (byte[] key : keys.values()) {
            if (key == null || key.length != KEY_BYTES) {
                throw new IllegalArgumentException("a data key is not 32 bytes");
            }
        }
        if (token.length != KEY_BYTES) {
            throw new IllegalArgumentException("the token key is not 32 bytes");
        }
    }

    /** JSON with keys in base64; goes into a Secret and nowhere else. */
    public byte[] json() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IOException without any of the content in its message
     */
    public static Keyring parse(byte[] json) throws IOException {
        try {
            return JSON.readValue(json, Keyring.class);
        } catch (IOException e) {
            // Jackson's message quotes the input, which holds keys
            throw new IOException("the key ring cannot be read");
        }
    }

    @Override
    public String toString() {
        return "Keyring[versions=" + keys.keySet() + "]";
    }
}
