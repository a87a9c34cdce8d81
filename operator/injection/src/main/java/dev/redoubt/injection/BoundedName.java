package dev.redoubt.injection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The rule by which names of objects and values of labels are kept within a bound: a longer one is cut and ends with a
 * hash of the whole, so that two long names with a common start stay two.
 */
public final class BoundedName {
    /** Longest value of a label, in characters; Redoubt keeps names of its objects to it as well. */
    public static final int MAX = 63;

    private static final int HASH_DIGITS = 8;

    private BoundedName() {}

    /** The name itself where it has at most {@value #MAX} characters, else its start, a dash and 8 hex digits. */
    public static String of(String name) {
        return of(name, MAX);
    }

    /** The same within another bound. */
    public static String of(String name, int max) {
        if (name.length() <= max) {
            return name;
        }
        int end = max - HASH_DIGITS - 1;
        // a dot or dash before the dash of the hash would make the name invalid
        while (!Character.isLetterOrDigit(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end) + "-" + sha256(name).substring(0, HASH_DIGITS);
    }

    /** SHA-256 of a text's UTF-8 form, as 64 hexadecimal digits. */
    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
