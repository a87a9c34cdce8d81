package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The words that stand before a position, as {@link Context} asks for them. Every byte is read once, not once for every
 * context and every position: what was read stays known while the position moves on.
 */
public final class WordsBefore {
    /** Bytes that are looked at: the reach of contexts, and one to see where a word begins. */
    private static final int WINDOW = Context.MOST_REACH + 1;

    /** More than a window, and a power of two. */
    private static final int ROOM = 128;

    private static final Set<String> ENTITIES = Entity.builtIn().keySet();

    private final Before before;
    /** The bytes read, by their offset modulo its length. */
    private final byte[] bytes = new byte[ROOM];

    /** By number of a word modulo their length: where it begins, its length, and its text once somebody asked for it. */
    private final long[] starts = new long[ROOM];

    private final int[] lengths = new int[ROOM];
    private final boolean[] joined = new boolean[ROOM];
    private final String[] texts = new String[ROOM];
    private int words;

    /** Offset behind the last byte read. */
    private long end;
    /** Whether what was read will stay. */
    private boolean stays;
    /** Where the word begins that the bytes end in; {@link #end} where they end in none. */
    private long open;
    /** Whether that word has something else than digits. */
    private boolean letter;
    /** Whether it has an underscore. */
    private boolean joins;
    /** Whether it may have begun before the first byte that was read. */
    private boolean cut;

    public WordsBefore(Before before) {
        this.before = before;
    }

    /**
     * Reads what is new.
     *
     * @param offset how many bytes of output stand before the position, or -1 where not all of them will stay
     */
    public void read(long offset) {
        long to = offset < 0 ? WINDOW : offset;
        if (!stays || offset < end || offset - end > WINDOW) {
            words = 0;
            end = Math.max(0, to - WINDOW);
            open = end;
            letter = false;
            joins = false;
            cut = offset < 0 || end > 0;
        }
        stays = offset >= 0;
        for (; end < to; end++) {
            next(before.at((int) (to - end)));
        }
    }

    private void next(int symbol) {
        bytes[(int) end & ROOM - 1] = (byte) symbol;
        boolean apostrophe = symbol == 0x99 && end - open >= 2 && byteAt(end - 1) == 0x80 && byteAt(end - 2) == 0xE2;
        if (symbol >= 0 && part(symbol) && !apostrophe) {
            letter |= symbol > '9';
            joins |= symbol == '_';
            return;
        }
        long stop = apostrophe ? end - 2 : end;
        if (open < stop && letter && !cut) {
            int word = words++ & ROOM - 1;
            starts[word] = open;
            lengths[word] = (int) Math.min(stop - open, ROOM);
            joined[word] = joins;
            texts[word] = null;
        }
        open = end + 1;
        letter = false;
        joins = false;
        cut = false;
    }

    private int byteAt(long offset) {
        return bytes[(int) offset & ROOM - 1] & 0xFF;
    }

    private static boolean part(int symbol) {
        return symbol >= 128
                || symbol >= '0' && symbol <= '9'
                || symbol >= 'a' && symbol <= 'z'
                || symbol >= 'A' && symbol <= 'Z'
                || symbol == '_';
    }

    /** What the nearest word that the context knows says: 1 supports, -1 opposes, 0 nothing known is near. */
    public int verdict(Context context) {
        if (open < end && letter && !cut && end - open <= context.reach()) {
            int length = (int) (end - open);
            int verdict = joins || mayKnow(context, open, length) ? context.says(text(open, length)) : 0;
            if (verdict != 0) {
                return verdict;
            }
        }
        for (int number = words - 1; number >= 0; number--) {
            int word = number & ROOM - 1;
            if (end - starts[word] > context.reach()) {
                return 0;
            }
            if (joined[word] || mayKnow(context, starts[word], lengths[word])) {
                if (texts[word] == null) {
                    texts[word] = text(starts[word], lengths[word]);
                }
                int verdict = context.says(texts[word]);
                if (verdict != 0) {
                    return verdict;
                }
            }
        }
        return 0;
    }

    private boolean mayKnow(Context context, long start, int length) {
        return context.mayKnow(bytes[(int) start & ROOM - 1], length);
    }

    /** A word in lower case; empty where it is the name in one of our replacements, which must not vouch for its neighbours. */
    private String text(long start, int length) {
        byte[] word = new byte[length];
        for (int i = 0; i < length; i++) {
            word[i] = bytes[(int) (start + i) & ROOM - 1];
        }
        String written = new String(word, StandardCharsets.UTF_8);
        boolean bracketed = start > 0 && bytes[(int) (start - 1) & ROOM - 1] == '<';
        return bracketed && ENTITIES.contains(written) ? "" : written.toLowerCase(Locale.ROOT);
    }
}
