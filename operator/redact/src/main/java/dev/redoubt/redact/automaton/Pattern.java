package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.BitSet;
import java.util.List;

/** A regular expression of bounded length over the alphabet of {@link Fold}. */
public sealed interface Pattern {
    /** One symbol out of a set. */
    record Symbols(BitSet symbols) implements Pattern {
        @Override
        public int maxLength() {
            return 1;
        }
    }

    /** One part after the other. */
    record Sequence(List<Pattern> parts) implements Pattern {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public int maxLength() {
            return parts.stream().mapToInt(Pattern::maxLength).sum();
        }
    }

    /** One of several. */
    record Choice(List<Pattern> options) implements Pattern {
        public Choice {
            options = List.copyOf(options);
        }

        @Override
        public int maxLength() {
            return options.stream().mapToInt(Pattern::maxLength).max().orElse(0);
        }
    }

    /** The same part a bounded number of times. */
    record Repeat(Pattern part, int least, int most) implements Pattern {
        @Override
        public int maxLength() {
            return most * part.maxLength();
        }
    }

    /** The most symbols that a match can have. */
    int maxLength();

    /** How many symbols of a set every match begins with, at least. */
    default int leastLead(BitSet set) {
        return Lead.of(this, set).least();
    }

    /**
     * Reads the usual notation: literals, {@code [a-z]}, {@code [^…]}, {@code \d} (digit), {@code \w} (letter, digit,
     * underscore), {@code \s} (white space), {@code \L} (letter without an ASCII form), {@code .}, groups, {@code |},
     * {@code ?}, <code>{n}</code> and <code>{n,m}</code>; {@code (?i)} at the beginning ignores the case of ASCII letters.
     *
     * @throws IllegalArgumentException where it cannot be read, or where it has no bound ({@code *}, {@code +},
     *     <code>{n,}</code>)
     */
    static Pattern of(String expression) {
        return new PatternParser(expression).parse();
    }
}
