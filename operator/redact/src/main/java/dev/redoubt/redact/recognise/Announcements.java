package dev.redoubt.redact.recognise;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of contexts without which something is not recognised at all. Where none of them is near, the automaton does
 * not even look for it. They are told by hashes: a word that is mistaken for one of them costs time and nothing else.
 */
public final class Announcements {
    /** Nothing asks for an announcement. */
    public static final Announcements NONE = new Announcements(Set.of());

    private final long[] hashes;

    private Announcements(Set<String> words) {
        hashes = new long[Integer.highestOneBit(words.size() + 1) * 4];
        for (String word : words) {
            long hash = 0;
            for (int i = 0; i < word.length(); i++) {
                hash = with(hash, word.charAt(i));
            }
            int slot = slot(hash);
            while (hashes[slot] != 0) {
                slot = slot + 1 & hashes.length - 1;
            }
            hashes[slot] = hash;
        }
    }

    /** Those of the contexts that recognisers ask for. */
    public static Announcements of(Collection<Recogniser> recognisers) {
        return new Announcements(recognisers.stream()
                .filter(recogniser -> recogniser.announced() != null)
                .flatMap(recogniser -> recogniser.announced().supporting())
                .collect(Collectors.toSet()));
    }

    /** Hash of a word with one more letter, in lower case; that of no letter is 0. */
    static long with(long hash, int letter) {
        return hash * 31 + letter;
    }

    /** Whether a word of this hash announces something; one without letters does not. */
    boolean have(long hash) {
        if (hash == 0) {
            return false;
        }
        int slot = slot(hash);
        while (hashes[slot] != 0) {
            if (hashes[slot] == hash) {
                return true;
            }
            slot = slot + 1 & hashes.length - 1;
        }
        return false;
    }

    private int slot(long hash) {
        return (int) (hash * 0x9E3779B97F4A7C15L >>> 40) & hashes.length - 1;
    }
}
