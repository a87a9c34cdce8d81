package dev.redoubt.redact.automaton;

import java.util.BitSet;
import java.util.function.BinaryOperator;

/**
 * How many symbols of a set the matches of a pattern begin with.
 *
 * @param least that many at least
 * @param whole whether matches have no others
 */
record Lead(int least, boolean whole) {
    private static final Lead NOTHING = new Lead(0, true);

    static Lead of(Pattern pattern, BitSet set) {
        if (pattern instanceof Pattern.Symbols one) {
            BitSet others = (BitSet) one.symbols().clone();
            others.andNot(set);
            return others.isEmpty() ? new Lead(1, true) : new Lead(0, false);
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            return sequence.parts().stream().map(part -> of(part, set)).reduce(NOTHING, Lead::then);
        }
        if (pattern instanceof Pattern.Choice choice) {
            BinaryOperator<Lead> or =
                    (one, other) -> new Lead(Math.min(one.least, other.least), one.whole && other.whole);
            return choice.options().stream()
                    .map(option -> of(option, set))
                    .reduce(or)
                    .orElse(NOTHING);
        }
        Pattern.Repeat repeat = (Pattern.Repeat) pattern;
        Lead once = of(repeat.part(), set);
        if (once.whole) {
            return new Lead(once.least * repeat.least(), true);
        }
        return repeat.least() == 0 ? new Lead(0, false) : once;
    }

    private Lead then(Lead next) {
        return whole ? new Lead(least + next.least, next.whole) : this;
    }
}
