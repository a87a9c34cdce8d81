package dev.redoubt.policy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a guard presents to its target. Has no readable form on purpose.
 *
 * <p>Visible ASCII alone, so that neither can end a header and begin another.
 *
 * @param user user name, without a colon, which would end it (RFC 7617, 2); {@code null} where there is none
 * @param key API key or password
 */
public record UpstreamCredential(String user, String key) {
    private static final Pattern USER = Pattern.compile("[!-9;-~]{1,256}");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,8192}");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @throws IllegalArgumentException without any of the values in its message */
    public UpstreamCredential {
        Objects.requireNonNull(key, "key");
        if (user != null && !USER.matcher(user).matches()) {
            throw new IllegalArgumentException(
                    "the user name is not 1 to 256 visible ASCII characters without a colon");
        }
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "it is not 1 to 8192 visible ASCII characters; a line break at its end is one too many");
        }
    }

    /** JSON; goes into a Secret and nowhere else. */
    public byte[] json() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IOException without any of the content in its message
     */
    public static UpstreamCredential parse(byte[] json) throws IOException {
        try {
            return JSON.readValue(json, UpstreamCredential.class);
        } catch (IOException e) {
            // Jackson's message quotes the input
            throw new IOException("the upstream credential cannot be read");
        }
    }

    @Override
    public String toString() {
        return "UpstreamCredential";
    }
}
