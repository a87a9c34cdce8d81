package dev.redoubt.redact;

import java.util.Arrays;
import java.util.List;

/**
 * A text after redaction: {@code array[from, to)}. Where nothing was changed this is the very slice that was given, without
 * a copy.
 *
 * @param array UTF-8
 * @param from the first byte
 * @param to the byte after the last
 * @param findings in the order of their beginnings
 * @param blocked whether a rule refuses the whole message; the text then must not go on
 */
public record RedactedText(byte[] array, int from, int to, List<Finding> findings, boolean blocked) {
    public RedactedText {
        findings = List.copyOf(findings);
    }

    /** Whether anything was found. */
    public boolean changed() {
        return !findings.isEmpty();
    }

    /** The text as an array of its own length; the given array itself where it is just the text. */
    public byte[] text() {
        return from == 0 && to == array.length ? array : Arrays.copyOfRange(array, from, to);
    }

    /** Says what was found, not what the text is. */
    @Override
    public String toString() {
        return "RedactedText[bytes=" + (to - from) + ", findings=" + findings + ", blocked=" + blocked + "]";
    }
}
