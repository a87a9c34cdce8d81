package dev.redoubt.redact.names;

import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Letters;
import dev.redoubt.redact.text.Utf8;

/** The bytes that are looked at for one name, and whether what they say depends on bytes that are not there yet. */
final class Window {
    /** Bytes of the longest name, its number and the word behind it included. */
    static final int MOST_BYTES = 160;

    private byte[] text;
    private int limit;
    /** Whether no more text comes, or none that would be read. */
    private boolean cut;

    /** Whether the text goes on, or may, behind what is read. */
    private boolean limited;

    private boolean open;

    /**
     * Looks at a text from a position on.
     *
     * @param last whether no more text follows
     */
    void set(byte[] newText, int from, int end, boolean last) {
        text = newText;
        limit = Math.min(end, from + MOST_BYTES);
        limited = end - from >= MOST_BYTES;
        cut = last || limited;
        open = false;
    }

    /** Whether more text is needed. */
    boolean open() {
        return open;
    }

    /** Whether a position is where reading ends although the text goes on, or may. */
    boolean beyond(int at) {
        return limited && at >= limit;
    }

    /** The symbol at a position, {@link Fold#OTHER} behind the end; remembers where more text could change it. */
    int symbol(int at) {
        if (at >= limit) {
            open |= !cut;
            return Fold.OTHER;
        }
        return Fold.of(Utf8.decode(text, at));
    }

    /** The character at a position, 0 behind the end; remembers where more text could change it. */
    int character(int at) {
        return symbol(at) == Fold.OTHER && at >= limit ? 0 : Utf8.decode(text, at);
    }

    /** Bytes of the character at a position. */
    int width(int at) {
        return at < limit ? Utf8.length(text[at]) : 1;
    }

    /** The letter at a position as {@link Letters} has it, where text is there. */
    int letter(int at) {
        return at < limit ? Letters.at(text, at) : Letters.NONE;
    }

    boolean capital(int at) {
        symbol(at);
        return letter(at) >= Letters.CAPITAL;
    }

    boolean letterAt(int at) {
        symbol(at);
        return letter(at) != Letters.NONE;
    }

    boolean digit(int at) {
        int symbol = symbol(at);
        return symbol >= '0' && symbol <= '9' && at < limit && text[at] > 0;
    }

    boolean apostrophe(int at) {
        return at < limit && (text[at] == '\'' || text[at] == (byte) 0xE2 && Utf8.decode(text, at) == 0x2019);
    }

    /** Position behind the character at a position. */
    int behind(int at) {
        return at + width(at);
    }

    /** Position behind a text of ASCII in small letters, however it is written; -1 where something else stands there. */
    int behind(int at, String expected) {
        int next = at;
        for (int i = 0; i < expected.length(); i++) {
            int symbol = symbol(next);
            boolean capital = symbol >= 'A' && symbol <= 'Z';
            if ((capital ? symbol + 'a' - 'A' : symbol) != expected.charAt(i)) {
                return -1;
            }
            next = behind(next);
        }
        return next;
    }

    /** Where digits end that begin at a position; more than {@code most} are not read. */
    int digits(int at, int most) {
        int next = at;
        while (next - at <= most && digit(next)) {
            next++;
        }
        return next;
    }

    /** Whether a word or a number ends at a position and does not go on behind a sign. */
    boolean ends(int at) {
        int symbol = symbol(at);
        if (Fold.word(symbol) || symbol == '@' || symbol == '=') {
            return false;
        }
        return symbol != '-' && symbol != '.' && symbol != '/' && symbol != ':' || !Fold.word(symbol(behind(at)));
    }
}
