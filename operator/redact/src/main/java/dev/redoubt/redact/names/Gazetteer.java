package dev.redoubt.redact.names;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The lists of names, places and words, as one table from the hash of a phrase to its cues. It holds fingerprints of 64
 * bits instead of texts; of 100,000 phrases and as many others looked up, two meet with a chance below one in a million.
 */
final class Gazetteer {
    /** Hash of the empty phrase. */
    static final long EMPTY = 0xcbf29ce484222325L;

    /** Phrases are at most so many words long. */
    static final int MOST_WORDS = 5;

    /** Beside English, which the first list of cues is of. */
    private static final List<String> LANGUAGES = List.of("de", "fr", "es", "it", "nl", "pt");

    private static final int SLOTS = 1 << 18;

    /** Bits of slots that may be taken, in so little memory that a look costs nothing: most words are not known. */
    private final long[] taken = new long[1 << 14];

    private final long[] prints = new long[SLOTS];
    private final long[] cues = new long[SLOTS];

    private Gazetteer() {}

    /** The lists, loaded when they are first needed; four megabytes that policies without names do not pay. */
    static Gazetteer get() {
        return Holder.INSTANCE;
    }

    /** Hash of a phrase with one more letter, or with a space between two words (FNV-1a). */
    static long with(long hash, int letter) {
        return (hash ^ letter) * 0x100000001b3L;
    }

    /** What a phrase says, as bits of {@link Cue}; 0 where it is not known. */
    long cues(long hash) {
        int bit = bit(hash);
        if ((taken[bit >>> 6] >>> bit & 1) == 0) {
            return 0;
        }
        int slot = slot(hash);
        while (prints[slot] != 0) {
            if (prints[slot] == hash) {
                return cues[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return 0;
    }

    private void add(long hash, long more) {
        int bit = bit(hash);
        taken[bit >>> 6] |= 1L << bit;
        int slot = slot(hash);
        while (prints[slot] != 0 && prints[slot] != hash) {
            slot = slot + 1 & SLOTS - 1;
        }
        prints[slot] = hash;
        cues[slot] |= more;
    }

    private int bit(long hash) {
        return (int) ((hash ^ hash >>> 29) * 0x9E3779B97F4A7C15L >>> 44);
    }

    private static int slot(long hash) {
        return (int) ((hash ^ hash >>> 29) * 0x9E3779B97F4A7C15L >>> 46) & SLOTS - 1;
    }

    private void load(String list, Cue... what) {
        byte[] lines = read(list);
        long mask = Cue.mask(what);
        long hash = EMPTY;
        for (byte letter : lines) {
            if (letter == '\n') {
                add(hash, mask);
                hash = EMPTY;
            } else {
                hash = with(hash, letter);
            }
        }
    }

    private void loadCues(String list) {
        for (String line : new String(read(list), StandardCharsets.US_ASCII).split("\n")) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                int colon = line.indexOf(':');
                long mask = Cue.valueOf(line.substring(0, colon)).bit;
                for (String phrase : line.substring(colon + 2).split(", ")) {
                    long hash = EMPTY;
                    for (int i = 0; i < phrase.length(); i++) {
                        hash = with(hash, phrase.charAt(i));
                    }
                    add(hash, mask);
                }
            }
        }
    }

    private static byte[] read(String list) {
        try (InputStream file = Gazetteer.class.getResourceAsStream(list + ".txt")) {
            return Objects.requireNonNull(file, list).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Holder {
        static final Gazetteer INSTANCE = new Gazetteer();

        static {
            INSTANCE.load("given", Cue.GIVEN);
            INSTANCE.load("given-more", Cue.GIVEN);
            INSTANCE.load("surname", Cue.SURNAME);
            INSTANCE.load("surname-more", Cue.SURNAME);
            INSTANCE.load("surname-common", Cue.SURNAME, Cue.COMMON_SURNAME);
            INSTANCE.load("place", Cue.PLACE);
            INSTANCE.load("place-large", Cue.PLACE, Cue.PLACE_LARGE);
            INSTANCE.load("word", Cue.WORD);
            INSTANCE.load("word-more", Cue.FOREIGN_WORD);
            INSTANCE.loadCues("cues");
            for (String language : LANGUAGES) {
                INSTANCE.loadCues("cues-" + language);
            }
        }
    }
}
