package dev.redoubt.redact.recognise;

import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * What the automaton found and a {@link Check} confirms or denies: symbols of {@link Fold}, with what stands before. One
 * instance is used over and over, a check must not keep it.
 */
public final class Candidate {
    private final byte[] symbols;
    private final Before before;
    private final WordsBefore words;
    private final int[] ends;
    private byte[] text;
    private int from;
    private int length;
    private int seen;
    private String accountCountry;
    private int accountDistance;

    /** Values of the digits that the automaton read, in order, and by length how many there are. */
    private final byte[] digits;

    private final short[] digitCounts;
    private int counted;

    /**
     * @param symbols where the automaton leaves what it read
     * @param ends by symbol, where it ends, counted from the position
     * @param before what stands to the left
     * @param words the words there, read up to the position by whoever moves it
     */
    public Candidate(byte[] symbols, int[] ends, Before before, WordsBefore words) {
        this.symbols = symbols;
        this.ends = ends;
        digits = new byte[symbols.length + 1];
        digitCounts = new short[symbols.length + 1];
        this.before = before;
        this.words = words;
    }

    /**
     * Points to a new position.
     *
     * @param newText UTF-8 that it is in
     * @param newSeen symbols that the automaton read from there
     */
    public void begin(byte[] newText, int newFrom, int newSeen) {
        text = newText;
        from = newFrom;
        seen = newSeen;
        counted = 0;
    }

    /** Points to the candidate of a length at the same position. */
    public void set(int newLength) {
        length = newLength;
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

    /**
     * Notes the last IBAN of the text, which says that the code of a bank may follow, also where nothing of it is left in what
     * a reader sees.
     *
     * @param country its first two letters, in upper case
     * @param distance bytes from its end to the position
     */
    public void behindAccount(String country, int distance) {
        accountCountry = country;
        accountDistance = distance;
    }

    /** Country of the last IBAN, or null where there is none. */
    String accountCountry() {
        return accountCountry;
    }

    /** Bytes from the end of that IBAN to the candidate. */
    int accountDistance() {
        return accountDistance;
    }

    /** Whether the nearest word that the context knows supports the candidate. */
    public boolean supported(Context context) {
        return words.verdict(context) > 0;
    }

    /** Whether the nearest word that the context knows opposes the candidate. */
    public boolean opposed(Context context) {
        return words.verdict(context) < 0;
    }

    /** How many digits it has. */
    int digitCount() {
        count();
        return digitCounts[length];
    }

    /** How many letters and digits it has. */
    int alphanumericCount() {
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += Fold.alphanumeric(symbols[i]) ? 1 : 0;
        }
        return count;
    }

    /** The value of one of its digits, 0 being the first. */
    int digit(int index) {
        count();
        return digits[index];
    }

    /** The value of its first digits read as one number, the others not looked at. */
    int leading(int count) {
        int number = 0;
        for (int i = 0, left = count; left > 0; i++) {
            int value = symbols[i] - '0';
            if (value >= 0 && value <= 9) {
                number = number * 10 + value;
                left--;
            }
        }
        return number;
    }

    /** The value of some of its digits read as one number. */
    int number(int from, int to) {
        count();
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digits[i];
        }
        return number;
    }

    private void count() {
        if (counted >= length) {
            return;
        }
        int count = digitCounts[counted];
        for (int i = counted; i < length; i++) {
            int value = symbols[i] - '0';
            digits[count] = (byte) value;
            count += value >= 0 && value <= 9 ? 1 : 0;
            digitCounts[i + 1] = (short) count;
        }
        counted = length;
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

    /** The candidate as it was written, but disguised ASCII is plain and what shows nothing by itself is left out. */
    String written() {
        StringBuilder written = new StringBuilder(length);
        int end = from + ends[length - 1];
        for (int at = from; at < end; at += Utf8.length(text[at])) {
            int codePoint = Utf8.decode(text, at);
            int symbol = Fold.of(codePoint);
            if (symbol < Fold.LETTER) {
                written.append((char) symbol);
            } else if (Character.getType(codePoint) != Character.FORMAT) {
                written.appendCodePoint(codePoint);
            }
        }
        return written.toString();
    }

    /** Whether a symbol or byte is an ASCII digit. */
    static boolean isDigit(int symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    /** The candidate in a form for debugging that holds nothing of its text. */
    @Override
    public String toString() {
        return "Candidate[length=" + length + "]";
    }
}
