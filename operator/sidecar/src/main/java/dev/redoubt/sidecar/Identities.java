package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.profiles.Profile.Credential;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a request comes from: the API key in one of the profile's headers, compared by digest with every key there is.
 *
 * <p>Every comparison looks at all bytes and no hit ends the search, so the time it takes tells nothing about keys.
 * A map by digest would be as safe with keys of 256 random bits; the few dozen comparisons cost a microsecond and
 * stay safe for keys that somebody chose.
 */
final class Identities {
    private final List<Credential> credentials;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Known> known = new ArrayList<>();

    private record Known(byte[] digest, Client client) {}

    Identities(List<Credential> credentials, List<Client> clients) {
        this.credentials = List.copyOf(credentials);
        credentials.forEach(credential -> names.add(credential.header()));
        for (Client client : clients) {
            for (String digest : client.apiKeySha256()) {
                known.add(new Known(HexFormat.of().parseHex(digest), client));
            }
        }
    }

    /**
     * The client whose key the headers carry.
     *
     * @return empty where they carry none, an unknown one, one of a foreign scheme, or two different ones: with two,
     *     which one counts would depend on who reads them
     */
    Optional<Client> find(MultiMap headers) {
        String presented = null;
        for (String name : names) {
            if (!headers.contains(name)) {
                continue;
            }
            for (String value : headers.getAll(name)) {
                String key = key(name, value);
                if (key == null || presented != null && !presented.equals(key)) {
                    return Optional.empty();
                }
                presented = key;
            }
        }
        return presented == null ? Optional.empty() : byKey(presented);
    }

    /** The key in a header that may carry it by one of several schemes; {@code null} where it does by none. */
    private String key(String header, String value) {
        for (Credential credential : credentials) {
            String key = credential.header().equals(header) ? key(credential, value) : null;
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    private static String key(Credential credential, String value) {
        String written = written(credential, value);
        if (written == null || !credential.base64()) {
            return written;
        }
        try {
            return new String(Base64.getDecoder().decode(written), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String written(Credential credential, String value) {
        if (credential.scheme() == null) {
            return value.isEmpty() ? null : value;
        }
        int length = credential.scheme().length();
        boolean ofScheme = value.length() > length + 1
                && value.regionMatches(true, 0, credential.scheme(), 0, length)
                && value.charAt(length) == ' ';
        return ofScheme ? value.substring(length + 1) : null;
    }

    private Optional<Client> byKey(String key) {
        // header values are bytes; Netty holds them as ISO 8859-1
        return byKey(key.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The client of an API key. */
    Optional<Client> byKey(byte[] key) {
        byte[] digest = sha256(key);
        Client found = null;
        for (Known candidate : known) {
            if (MessageDigest.isEqual(candidate.digest(), digest)) {
                found = candidate.client();
            }
        }
        return Optional.ofNullable(found);
    }

    private static byte[] sha256(byte[] key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The value of {@code WWW-Authenticate} that tells how to do better (RFC 9110, 11.6.1). */
    String challenge() {
        return credentials.stream()
                        .map(Credential::scheme)
                        .filter(scheme -> scheme != null)
                        .findFirst()
                        .orElse("ApiKey")
                + " realm=\"redoubt\"";
    }
}
