package dev.redoubt.redact.recognise;

import dev.redoubt.redact.text.Fold;
import java.nio.charset.StandardCharsets;

/**
 * What the automaton found and a {@link Check} confirms or denies: symbols of {@link Fold}, with what stands before. One
 * instance is used over and over, a check must not keep it.
 */
public final class Candidate {
    private final byte[] symbols;
    private final Before before;
    private int length;
    private int seen;

    /**
     * @param symbols where the automaton leaves what it read
     * @param before what stands to the left
     */
    public Candidate(byte[] symbols, Before before) {
        this.symbols = symbols;
        this.before = before;
    }

    /**
     * Points to another candidate.
     *
     * @param newLength symbols of the candidate
     * @param newSeen symbols that the automaton read from the candidate's beginning
     */
    public void set(int newLength, int newSeen) {
        length = newLength;
        seen = newSeen;
    }

    public int length() {
        return length;
    }

    /** A symbol of the candidate. */
    public int at(int index) {
        return symbols[index] & 0xFF;
    }

    /**
     * A symbol behind the candidate, 0 being the next one; -1 where the automaton had stopped reading. A check may only
     * rely on as many as its own pattern is able to read.
     */
    public int after(int index) {
        return length + index < seen ? symbols[length + index] & 0xFF : -1;
    }

    /** A byte before the candidate, 1 being the nearest, or -1. */
    public int before(int distance) {
        return before.at(distance);
    }

    /** Whether the nearest word that the context knows supports the candidate. */
    public boolean supported(Context context) {
        return context.verdict(before) > 0;
    }

    /** Whether the nearest word that the context knows opposes the candidate. */
    public boolean opposed(Context context) {
        return context.verdict(before) < 0;
    }

    /** Digits in order, nothing else. */
    public String digits() {
        StringBuilder digits = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            if (digit(at(i))) {
                digits.append((char) at(i));
            }
        }
        return digits.toString();
    }

    /** Letters in upper case and digits, nothing else. */
    public String alphanumerics() {
        StringBuilder kept = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            if (Fold.alphanumeric(at(i))) {
                kept.append(Character.toUpperCase((char) at(i)));
            }
        }
        return kept.toString();
    }

    /** The candidate as it is; a letter without an ASCII form is one character above 127. */
    public String text() {
        return new String(symbols, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Whether a symbol or byte is an ASCII digit. */
    static boolean digit(int symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    /** The candidate in a form for debugging that holds nothing of its text. */
    @Override
    public String toString() {
        return "Candidate[length=" + length + "]";
    }
}
