package dev.redoubt.policy.database;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.Keyring;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The role that the guard logs in as at a database on behalf of a client. Its password is made of the key ring and known
 * to nobody but the guard; the client's own key never reaches the database. Has no readable form on purpose.
 *
 * @param name name of the role
 * @param password 256 bits in ASCII
 * @param salt of the verifier, 16 bytes; made of the key ring too, so that the same role is written the same way twice
 */
public record DatabaseRole(String name, String password, byte[] salt) {
    /** Begins the names of clients' roles; those of groups of rights do not begin so. */
    private static final String PREFIX = "redoubt_client_";

    /** PostgreSQL cuts longer identifiers silently (NAMEDATALEN - 1), and two roles would become one. */
    private static final int LONGEST_NAME = 63;

    private static final int DIGEST_DIGITS = 16;
    private static final int SALT_BYTES = 16;

    /** The role of a client. */
    public static DatabaseRole of(Keyring keyring, Client client) {
        String name = name(client);
        String password =
                Base64.getUrlEncoder().withoutPadding().encodeToString(derive(keyring, "database role\0" + name));
        byte[] salt = Arrays.copyOf(derive(keyring, "database salt\0" + name), SALT_BYTES);
        return new DatabaseRole(name, password, salt);
    }

    /** What the database stores in place of the password. Takes milliseconds. */
    String verifier() {
        return Scram.verifier(password, salt);
    }

    /** The name of a client's role, which is the client's own where that is short enough. */
    public static String name(Client client) {
        String name = PREFIX + client.name();
        if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME) {
            return name;
        }
        String digest = HexFormat.of().formatHex(Scram.sha256(client.name().getBytes(StandardCharsets.UTF_8)));
        int kept = LONGEST_NAME - DIGEST_DIGITS - 1;
        return name.substring(0, kept) + "_" + digest.substring(0, DIGEST_DIGITS);
    }

    /** 32 bytes for one purpose: HKDF-Expand with SHA-256 (RFC 5869, section 2.3), the key being uniformly random. */
    private static byte[] derive(Keyring keyring, String purpose) {
        byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return Scram.hmac(keyring.token(), block);
    }

    @Override
    public String toString() {
        return "DatabaseRole[" + name + "]";
    }
}
