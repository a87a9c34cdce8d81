package dev.redoubt.benchmarks;

import dev.redoubt.redact.automaton.Pattern;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.text.Fold;
import java.util.BitSet;
import java.util.stream.Collectors;

/** A recogniser's pattern in the notation that other engines read, over bytes (or the same as ISO 8859-1). */
final class RegularExpression {
    private RegularExpression() {}

    static String of(Recogniser recogniser) {
        String expression = of(recogniser.pattern());
        boolean wordFirst = first(recogniser.pattern());
        return (wordFirst ? "\\b" : "") + expression + (recogniser.wordEnd() ? "\\b" : "");
    }

    private static String of(Pattern pattern) {
        if (pattern instanceof Pattern.Symbols one) {
            return set(one.symbols());
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            return sequence.parts().stream().map(RegularExpression::of).collect(Collectors.joining());
        }
        if (pattern instanceof Pattern.Choice choice) {
            return choice.options().stream().map(RegularExpression::of).collect(Collectors.joining("|", "(?:", ")"));
        }
        Pattern.Repeat repeat = (Pattern.Repeat) pattern;
        return "(?:" + of(repeat.part()) + "){" + repeat.least() + "," + repeat.most() + "}";
    }

    private static String set(BitSet symbols) {
        StringBuilder set = new StringBuilder("[");
        for (int from = symbols.nextSetBit(0); from >= 0 && from < 128; from = symbols.nextSetBit(from)) {
            int to = Math.min(128, symbols.nextClearBit(from)) - 1;
            set.append(hexadecimal(from)).append('-').append(hexadecimal(to));
            from = to + 1;
        }
        if (symbols.get(Fold.LETTER)) {
            set.append("\\x80-\\xff");
        }
        return set.append(']').toString();
    }

    private static String hexadecimal(int symbol) {
        return String.format("\\x%02x", symbol);
    }

    /** Whether every match begins with a letter, digit or underscore. */
    private static boolean first(Pattern pattern) {
        if (pattern instanceof Pattern.Symbols one) {
            return one.symbols().stream().allMatch(Fold::word);
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            for (Pattern part : sequence.parts()) {
                boolean optional = part instanceof Pattern.Repeat repeat && repeat.least() == 0;
                if (!first(part)) {
                    return false;
                }
                if (!optional) {
                    return true;
                }
            }
            return true;
        }
        if (pattern instanceof Pattern.Choice choice) {
            return choice.options().stream().allMatch(RegularExpression::first);
        }
        return first(((Pattern.Repeat) pattern).part());
    }
}
