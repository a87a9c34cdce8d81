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

        @Override
        public long positions() {
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

        @Override
        public long positions() {
            return Math.min(MANY, parts.stream().mapToLong(Pattern::positions).sum());
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

        @Override
        public long positions() {
            return Math.min(MANY, options.stream().mapToLong(Pattern::positions).sum());
        }
    }

    /** The same part a bounded number of times. */
    record Repeat(Pattern part, int least, int most) implements Pattern {
        @Override
        public int maxLength() {
            return most * part.maxLength();
        }

        @Override
        public long positions() {
            return Math.min(MANY, most * part.positions());
        }
    }

    /** From here on {@link #positions} does not count. */
    long MANY = 1 << 20;

    /** The most symbols that a match can have; only to be asked where {@link #positions} are few. */
    int maxLength();

    /** How many sets of symbols it has once repetitions are written out, which is what building it costs. */
    long positions();

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
        return of(expression, "");
    }

    /**
     * Reads a pattern whose matches never hold some symbols: sets are taken to be without them.
     *
     * @param without ASCII
     * @throws IllegalArgumentException as {@link #of(String)}, and where one of the symbols is asked for
     */
    static Pattern of(String expression, String without) {
        return new PatternParser(expression, without).parse();
    }
}
