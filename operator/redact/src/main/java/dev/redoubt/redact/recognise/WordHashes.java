package dev.redoubt.redact.recognise;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Some words, told by hashes of 64 bits: whether a text has one of them is known as soon as it is read. Immutable. */
public final class WordHashes {
    private final long[] hashes;

    WordHashes(Set<String> words) {
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

    /**
     * The words of contexts without which something is not recognised at all: where none of them is near, the automaton
     * does not even look for it.
     */
    public static WordHashes announcing(Collection<Recogniser> recognisers) {
        return new WordHashes(recognisers.stream()
                .filter(recogniser -> recogniser.announced() != null)
                .flatMap(recogniser -> recogniser.announced().supporting())
                .collect(Collectors.toSet()));
    }

    /** Hash of a word with one more letter; that of no letter is 0. */
    static long with(long hash, int letter) {
        return (hash ^ letter) * 0x9E3779B97F4A7C15L;
    }

    /** Whether a word of this hash is among them. */
    boolean have(long hash) {
        int slot = slot(hash);
        while (hashes[slot] != hash && hashes[slot] != 0) {
            slot = slot + 1 & hashes.length - 1;
        }
        return hash != 0 && hashes[slot] == hash;
    }

    private int slot(long hash) {
        return (int) (hash >>> 40) & hashes.length - 1;
    }
}
