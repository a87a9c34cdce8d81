package dev.redoubt.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Synthetic conversational sentences of about twelve words: tickets, contracts, clinical notes, everyday life. The
 * same seed gives the same sentences; no two of one draw are equal, so that parts of a draw are disjoint.
 */
final class Corpus {
    private static final String RESOURCE = "corpus.txt";
    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern LIST = Pattern.compile("([a-z]+) = (.+)");
    private static final Pattern SEPARATOR = Pattern.compile(" \\| ");

    private final Map<String, List<String>> lists = new HashMap<>();

    Corpus() {
        List<String> statements = new ArrayList<>();
        try (InputStream in = Corpus.class.getResourceAsStream(RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher list = LIST.matcher(line);
                if (list.matches()) {
                    lists.put(list.group(1), List.of(SEPARATOR.split(list.group(2))));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    statements.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lists.put("statement", statements);
    }

    /**
     * Distinct sentences in random order.
     *
     * @param size how many; a few thousand are far from exhausting the patterns
     */
    List<String> sentences(int size, long seed) {
        Random random = new Random(seed);
        Set<String> sentences = new LinkedHashSet<>();
        while (sentences.size() < size) {
            String sentence = fill("{sentence}", random);
            sentences.add(Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1));
        }
        return List.copyOf(sentences);
    }

    /** The words of a list. */
    List<String> list(String name) {
        return lists.get(name);
    }

    private String fill(String pattern, Random random) {
        return SLOT.matcher(pattern).replaceAll(slot -> {
            List<String> members = lists.get(slot.group(1));
            return Matcher.quoteReplacement(fill(members.get(random.nextInt(members.size())), random));
        });
    }
}
