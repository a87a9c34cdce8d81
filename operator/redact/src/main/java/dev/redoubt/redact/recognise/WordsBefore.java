package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.text.Letters;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The words that stand before a position, as {@link Context} asks for them. Every byte is read once, not once for every
 * context and every position: what was read stays known while the position moves on.
 */
public final class WordsBefore {
    /** Bytes that are looked at: the reach of contexts, and one to see where a word begins. */
    private static final int WINDOW = Context.MOST_REACH + 1;

    /** More than a window, and a power of two. */
    private static final int ROOM = 128;

    private static final long NEVER = Long.MIN_VALUE / 2;
    /** What stands in our own replacements. */
    private static final WordHashes ENTITIES = new WordHashes(Entity.builtIn().keySet());

    private final Before before;
    private final WordHashes announcements;
    private final byte[] fresh = new byte[WINDOW];
    /** The bytes read, by their offset modulo its length. */
    private final byte[] bytes = new byte[ROOM];

    /** By number of a word modulo their length: where it begins, its length, and its text once somebody asked for it. */
    private final long[] starts = new long[ROOM];

    private final int[] lengths = new int[ROOM];
    private final boolean[] joined = new boolean[ROOM];
    private final String[] texts = new String[ROOM];
    /** Whether it is the name in one of our replacements, which must not vouch for its neighbours. */
    private final boolean[] ours = new boolean[ROOM];

    private State state = new State();
    /** As it was before bytes that do not stay were read. */
    private State lasting = new State();

    private boolean passing;

    /**
     * @param before what stands before the position, wherever that is at the time
     * @param announcements what {@link #announce} is about
     */
    public WordsBefore(Before before, WordHashes announcements) {
        this.before = before;
        this.announcements = announcements;
    }

    /** How far it has been read. */
    private static final class State {
        /** Words so far. */
        private int words;
        /** Offset behind the last byte read. */
        private long end;
        /** Where the word begins that the bytes end in; {@link #end} where they end in none. */
        private long open;
        /** Whether that word has something else than digits. */
        private boolean letter;
        /** Whether it has an underscore or a letter that is not ASCII, and so asks for a closer look. */
        private boolean joins;
        /** The first byte of a letter that is not ASCII, 0 where the last byte was none. */
        private int lead;
        /** Whether it may have begun before the first byte that was read. */
        private boolean cut;
        /** Of the word as it is written. */
        private long whole;
        /** Of its part behind the last underscore, in lower case. */
        private long part;
        /** Whether a part of it announces something. */
        private boolean announces;
        /** Where the last word begins that announces something. */
        private long announced = NEVER;

        private void set(State other) {
            words = other.words;
            end = other.end;
            open = other.open;
            letter = other.letter;
            joins = other.joins;
            lead = other.lead;
            cut = other.cut;
            whole = other.whole;
            part = other.part;
            announces = other.announces;
            announced = other.announced;
        }

        private void restart(long from) {
            words = 0;
            end = from;
            announced = NEVER;
            begin(from);
            cut = from > 0;
        }

        private void begin(long from) {
            open = from;
            letter = false;
            joins = false;
            lead = 0;
            cut = false;
            whole = 0;
            part = 0;
            announces = false;
        }
    }

    /**
     * Reads what is new.
     *
     * @param offset how many bytes of output stand before the position and will stay
     * @param more bytes behind them that stand before the position and will not stay
     */
    public void read(long offset, int more) {
        if (passing) {
            State passed = state;
            state = lasting;
            lasting = passed;
            passing = false;
        }
        if (offset < state.end || offset - state.end > WINDOW - more) {
            state.restart(Math.max(0, offset - WINDOW + more));
        }
        int unread = (int) (offset - state.end) + more;
        before.copy(unread, fresh);
        int at = WINDOW - unread;
        for (; at < WINDOW - more; at++) {
            next(fresh[at]);
        }
        if (more > 0) {
            lasting.set(state);
            passing = true;
            for (; at < WINDOW; at++) {
                next(fresh[at]);
            }
        }
    }

    private void next(byte symbol) {
        State now = state;
        bytes[(int) now.end & ROOM - 1] = symbol;
        if (symbol == (byte) 0x99 && endsInApostrophe()) {
            closeBeforeApostrophe();
            now.begin(now.end + 1);
        } else if (symbol < 0) {
            now.letter = true;
            now.joins = true;
            accented(symbol & 0xFF);
        } else if (symbol >= 'a' && symbol <= 'z' || symbol >= 'A' && symbol <= 'Z') {
            now.letter = true;
            now.whole = WordHashes.with(now.whole, symbol);
            now.part = WordHashes.with(now.part, symbol | 0x20);
        } else if (symbol >= '0' && symbol <= '9') {
            now.whole = WordHashes.with(now.whole, symbol);
            now.part = WordHashes.with(now.part, symbol);
        } else if (symbol == '_') {
            now.letter = true;
            now.joins = true;
            now.announces |= announcements.have(now.part);
            now.whole = WordHashes.with(now.whole, symbol);
            now.part = 0;
        } else {
            close();
            now.begin(now.end + 1);
        }
        now.end++;
    }

    /** Whether the two bytes before the last one begin a typographic apostrophe, U+2019. */
    private boolean endsInApostrophe() {
        return state.end - state.open >= 2
                && bytes[(int) (state.end - 2) & ROOM - 1] == (byte) 0xE2
                && bytes[(int) (state.end - 1) & ROOM - 1] == (byte) 0x80;
    }

    private void closeBeforeApostrophe() {
        state.end -= 2;
        close();
        state.end += 2;
    }

    /** Of a letter with an accent the hash is that of the letter without. */
    private void accented(int symbol) {
        state.whole = WordHashes.with(state.whole, symbol);
        int letter = Letters.of(state.lead, symbol);
        state.lead = symbol;
        if (letter != Letters.NONE) {
            state.part = WordHashes.with(state.part, letter & 0x7F);
        }
    }

    private void close() {
        if (state.letter && !state.cut && state.open < state.end) {
            int word = state.words++ & ROOM - 1;
            starts[word] = state.open;
            lengths[word] = (int) Math.min(state.end - state.open, ROOM);
            joined[word] = state.joins;
            texts[word] = null;
            ours[word] =
                    state.open > 0 && bytes[(int) (state.open - 1) & ROOM - 1] == '<' && ENTITIES.have(state.whole);
            if (!ours[word] && (state.announces || announcements.have(state.part))) {
                state.announced = state.open;
            }
        }
    }

    /** Whether a word stands near that announces something. */
    public boolean announce() {
        return state.end - state.announced <= Context.MOST_REACH || state.announces || announcements.have(state.part);
    }

    /** What the nearest word that the context knows says: 1 supports, -1 opposes, 0 nothing known is near. */
    int verdict(Context context) {
        int length = (int) (state.end - state.open);
        if (state.letter
                && !state.cut
                && length <= context.reach()
                && mayKnow(context, state.open, length, state.joins)) {
            int verdict = context.says(text(state.open, length));
            if (verdict != 0) {
                return verdict;
            }
        }
        for (int number = state.words - 1; number >= 0; number--) {
            int word = number & ROOM - 1;
            if (state.end - starts[word] > context.reach()) {
                return 0;
            }
            if (!ours[word] && mayKnow(context, starts[word], lengths[word], joined[word])) {
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

    private boolean mayKnow(Context context, long start, int length, boolean joins) {
        return joins || context.mayKnow(bytes[(int) start & ROOM - 1], length);
    }

    private String text(long start, int length) {
        byte[] word = new byte[length];
        for (int i = 0; i < length; i++) {
            word[i] = bytes[(int) (start + i) & ROOM - 1];
        }
        return new String(word, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }
}
