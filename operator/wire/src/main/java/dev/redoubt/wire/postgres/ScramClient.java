package dev.redoubt.wire.postgres;

import dev.redoubt.policy.database.Scram;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding, for one login over loopback, where
 * there is no TLS to bind to. The server is believed only when it proved that it knows the verifier.
 *
 * <p>The password is ASCII, so that there is nothing for SASLprep to do.
 */
public final class ScramClient {
    /** The mechanism's name. */
    public static final String MECHANISM = "SCRAM-SHA-256";

    /** No channel binding, no authorisation identity: {@code n,,}. */
    private static final String HEADER = "n,,";

    /** PostgreSQL's own count is 4096; a server that asks for much more only wants time. */
    private static final int MOST_ITERATIONS = 1 << 20;

    private static final int FEWEST_ITERATIONS = 4096;

    private final String password;
    private final String nonce;
    private final String bare;
    private byte[] serverSignature;

    /**
     * @param user without commas and equals signs; PostgreSQL takes the name of the startup packet and ignores this one
     * @param nonce random, printable ASCII without commas
     */
    public ScramClient(String user, String password, String nonce) {
        this.password = password;
        this.nonce = nonce;
        bare = "n=" + user + ",r=" + nonce;
    }

    /** The client-first-message. */
    public byte[] first() {
        return ascii(HEADER + bare);
    }

    /**
     * The client-final-message.
     *
     * @param serverFirst the server-first-message
     * @throws ProtocolFault where it is none, answers another nonce, or asks for too few or too many iterations
     */
    public byte[] last(byte[] serverFirst) throws ProtocolFault {
        String text = new String(serverFirst, StandardCharsets.US_ASCII);
        Map<Character, String> attributes = attributes(text);
        String both = attributes.getOrDefault('r', "");
        if (!both.startsWith(nonce) || both.length() == nonce.length()) {
            throw new ProtocolFault("the server answered another login");
        }
        byte[] salt;
        int iterations;
        try {
            salt = Base64.getDecoder().decode(attributes.getOrDefault('s', ""));
            iterations = Integer.parseInt(attributes.getOrDefault('i', ""));
        } catch (IllegalArgumentException e) {
            throw new ProtocolFault("the server's challenge is malformed");
        }
        if (salt.length == 0 || iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new ProtocolFault("the server's challenge is not acceptable");
        }
        byte[] salted = Scram.saltedPassword(password, salt, iterations);
        byte[] clientKey = Scram.clientKey(salted);
        String withoutProof = "c=" + base64(ascii(HEADER)) + ",r=" + both;
        byte[] signed = ascii(bare + "," + text + "," + withoutProof);
        byte[] proof = Scram.hmac(Scram.sha256(clientKey), signed);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = Scram.hmac(Scram.serverKey(salted), signed);
        return ascii(withoutProof + ",p=" + base64(proof));
    }

    /**
     * Checks the server-final-message.
     *
     * @throws ProtocolFault where the server did not prove that it knows the verifier
     */
    public void verify(byte[] serverFinal) throws ProtocolFault {
        String text = new String(serverFinal, StandardCharsets.US_ASCII);
        byte[] expected = serverSignature == null ? new byte[0] : ascii("v=" + base64(serverSignature));
        if (expected.length == 0 || !MessageDigest.isEqual(ascii(text), expected)) {
            throw new ProtocolFault("the server did not prove that it knows the role");
        }
    }

    private static Map<Character, String> attributes(String text) throws ProtocolFault {
        Map<Character, String> attributes = new LinkedHashMap<>();
        for (String attribute : text.split(",", -1)) {
            if (attribute.length() < 2 || attribute.charAt(1) != '=') {
                throw new ProtocolFault("the server's challenge is malformed");
            }
            attributes.put(attribute.charAt(0), attribute.substring(2));
        }
        return attributes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
