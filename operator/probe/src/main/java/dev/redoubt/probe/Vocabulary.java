package dev.redoubt.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The words that a bag-of-words inversion can name: those that occur in at least 3 texts, at most 4,000 (ATTACKS P1). */
final class Vocabulary {
    private static final int RAREST = 3;
    private static final int LARGEST = 4000;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final Map<String, Integer> indices = new HashMap<>();

    Vocabulary(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        texts.forEach(text -> words(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
        List<Map.Entry<String, Integer>> known = new ArrayList<>(counts.entrySet());
        known.removeIf(word -> word.getValue() < RAREST);
        // the sort is stable: words of one frequency stay in alphabetical order
        known.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        known.stream().limit(LARGEST).forEach(word -> indices.put(word.getKey(), indices.size()));
    }

    int size() {
        return indices.size();
    }

    /** Indices of the text's known words, each once. */
    int[] bag(String text) {
        return words(text).stream()
                .filter(indices::containsKey)
                .mapToInt(indices::get)
                .toArray();
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().forEach(match -> words.add(match.group()));
        return words;
    }
}
