package dev.redoubt.redact.recognise;

import dev.redoubt.redact.automaton.Pattern;
import dev.redoubt.redact.text.Fold;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Texts of a list as one pattern. White space in them stands for a run of up to two white-space characters, such as a line break. A
 * letter without an ASCII form is any such letter to the pattern: the check compares the candidate itself.
 */
final class WordList {
    private static final int MOST_SPACES = 2;
    private static final BitSet SPACES = new BitSet();

    static {
        " \t\n\r\f".chars().forEach(SPACES::set);
    }

    private final boolean ignoresCase;
    private final Set<String> words = new HashSet<>();
    private final List<Pattern> options = new ArrayList<>();
    private boolean ascii = true;

    /** @throws IllegalArgumentException where a word has a character that no text can be searched for */
    WordList(List<String> words, boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
        for (int i = 0; i < words.size(); i++) {
            String word = Normalizer.normalize(words.get(i), Normalizer.Form.NFC);
            this.words.add(of(word));
            List<Pattern> parts = new ArrayList<>();
            int previous = -1;
            for (int codePoint : word.codePoints().toArray()) {
                int symbol = Fold.of(codePoint);
                if (symbol == Fold.SKIP || symbol < ' ' && !SPACES.get(symbol) || Marks.BRACKETS.indexOf(symbol) >= 0) {
                    throw new IllegalArgumentException("word " + i
                            + " has a character that cannot be searched for, such as < or one without width");
                }
                ascii &= symbol < Fold.LETTER;
                if (!SPACES.get(symbol)) {
                    parts.add(letter(codePoint, symbol));
                } else if (previous < 0 || !SPACES.get(previous)) {
                    parts.add(new Pattern.Repeat(new Pattern.Symbols(SPACES), 1, MOST_SPACES));
                }
                previous = symbol;
            }
            options.add(new Pattern.Sequence(parts));
        }
    }

    private Pattern letter(int codePoint, int symbol) {
        BitSet symbols = new BitSet();
        symbols.set(symbol);
        if (symbol >= Fold.LETTER) {
            // written as a letter and a mark above it, the letter alone is a symbol
            int base = Fold.of(Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD)
                    .codePointAt(0));
            symbols.set(base);
        }
        if (ignoresCase) {
            for (char letter = 'a'; letter <= 'z'; letter++) {
                if (symbols.get(letter) || symbols.get(Character.toUpperCase(letter))) {
                    symbols.set(letter);
                    symbols.set(Character.toUpperCase(letter));
                }
            }
        }
        return new Pattern.Symbols(symbols);
    }

    Pattern pattern() {
        return options.size() == 1 ? options.get(0) : new Pattern.Choice(options);
    }

    boolean confirms(Candidate candidate) {
        return ascii || words.contains(of(candidate.written()));
    }

    /** The form in which texts that are one word of the list are equal. */
    String of(String text) {
        String spaced = Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("\\s+", " ");
        return ignoresCase ? spaced.toLowerCase(Locale.ROOT) : spaced;
    }
}
