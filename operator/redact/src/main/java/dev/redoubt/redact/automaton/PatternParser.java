package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Recursive descent over the notation that {@link Pattern#of} describes. */
final class PatternParser {
    private static final String IGNORE_CASE = "(?i)";
    private static final int MOST_REPEATS = 1000;

    private final String expression;
    private final boolean ignoreCase;
    private final BitSet without = new BitSet();
    private int at;

    /** @param without symbols that no match has */
    PatternParser(String expression, String without) {
        without.chars().forEach(this.without::set);
        this.ignoreCase = expression.startsWith(IGNORE_CASE);
        this.expression = ignoreCase ? expression.substring(IGNORE_CASE.length()) : expression;
    }

    Pattern parse() {
        Pattern pattern = choice();
        if (at < expression.length()) {
            throw refused("a group is closed that was not opened");
        }
        return pattern;
    }

    private Pattern choice() {
        List<Pattern> options = new ArrayList<>();
        options.add(sequence());
        while (take('|')) {
            options.add(sequence());
        }
        return options.size() == 1 ? options.get(0) : new Pattern.Choice(options);
    }

    private Pattern sequence() {
        List<Pattern> parts = new ArrayList<>();
        while (at < expression.length() && expression.charAt(at) != '|' && expression.charAt(at) != ')') {
            parts.add(repeated(single()));
        }
        return parts.size() == 1 ? parts.get(0) : new Pattern.Sequence(parts);
    }

    private Pattern repeated(Pattern part) {
        if (at >= expression.length()) {
            return part;
        }
        char next = expression.charAt(at);
        if (next == '*' || next == '+') {
            throw refused("a repetition has no bound, write {n,m}");
        }
        if (take('?')) {
            return new Pattern.Repeat(part, 0, 1);
        }
        if (!take('{')) {
            return part;
        }
        int least = number();
        int most = take(',') ? number() : least;
        if (!take('}') || least > most || most > MOST_REPEATS) {
            throw refused("a repetition is not {n} or {n,m} with n ≤ m ≤ " + MOST_REPEATS);
        }
        return new Pattern.Repeat(part, least, most);
    }

    private Pattern single() {
        char next = expression.charAt(at++);
        return switch (next) {
            case '(' -> {
                Pattern group = choice();
                if (!take(')')) {
                    throw refused("a group is not closed");
                }
                yield group;
            }
            case '[' -> symbols(set());
            case '.' -> {
                BitSet all = new BitSet();
                all.set(0, Fold.ALPHABET);
                all.clear('\n');
                yield symbols(all);
            }
            case '\\' -> symbols(cased(escaped()));
            case '?', '{', '}', '*', '+', ']', '^', '$' -> throw refused("'" + next + "' must be escaped here");
            default -> symbols(cased(only(next)));
        };
    }

    private Pattern symbols(BitSet set) {
        set.andNot(without);
        if (set.isEmpty()) {
            throw refused("no match can have this character");
        }
        return new Pattern.Symbols(set);
    }

    private BitSet set() {
        boolean negated = take('^');
        BitSet set = new BitSet();
        while (!take(']')) {
            if (at >= expression.length()) {
                throw refused("a set is not closed");
            }
            BitSet first = member();
            boolean range = at + 1 < expression.length()
                    && expression.charAt(at) == '-'
                    && expression.charAt(at + 1) != ']'
                    && first.cardinality() == 1;
            if (range) {
                at++;
                BitSet last = member();
                if (last.cardinality() != 1 || last.nextSetBit(0) < first.nextSetBit(0)) {
                    throw refused("a range in a set is not from a lower to a higher character");
                }
                first.set(first.nextSetBit(0), last.nextSetBit(0) + 1);
            }
            set.or(first);
        }
        cased(set);
        if (negated) {
            set.flip(0, Fold.ALPHABET);
        }
        return set;
    }

    private BitSet member() {
        char next = expression.charAt(at++);
        return next == '\\' ? escaped() : only(next);
    }

    private BitSet escaped() {
        if (at >= expression.length()) {
            throw refused("a backslash escapes nothing");
        }
        char next = expression.charAt(at++);
        BitSet set = new BitSet();
        switch (next) {
            case 'd' -> set.set('0', '9' + 1);
            case 'w' -> {
                set.set('0', '9' + 1);
                set.set('A', 'Z' + 1);
                set.set('a', 'z' + 1);
                set.set('_');
            }
            case 's' -> " \t\n\r\f".chars().forEach(set::set);
            case 't' -> set.set('\t');
            case 'n' -> set.set('\n');
            case 'r' -> set.set('\r');
            case 'L' -> set.set(Fold.LETTER);
            default -> {
                if (Fold.alphanumeric(next)) {
                    throw refused("\\" + next + " means nothing");
                }
                return only(next);
            }
        }
        return set;
    }

    private BitSet only(char symbol) {
        if (symbol >= 128) {
            throw refused("only ASCII can stand in a pattern");
        }
        BitSet set = new BitSet();
        set.set(symbol);
        return set;
    }

    private BitSet cased(BitSet set) {
        if (ignoreCase) {
            for (char letter = 'a'; letter <= 'z'; letter++) {
                boolean either = set.get(letter) || set.get(Character.toUpperCase(letter));
                set.set(letter, either);
                set.set(Character.toUpperCase(letter), either);
            }
        }
        return set;
    }

    private int number() {
        int start = at;
        while (at < expression.length() && Character.isDigit(expression.charAt(at)) && at - start < 5) {
            at++;
        }
        if (start == at) {
            throw refused("a repetition has no bound, write {n,m}");
        }
        return Integer.parseInt(expression.substring(start, at));
    }

    private boolean take(char wanted) {
        if (at < expression.length() && expression.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("pattern, character " + at + ": " + reason);
    }
}
