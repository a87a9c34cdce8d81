package dev.redoubt.redact.automaton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.redact.text.Fold;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a*|no bound",
                "a+|no bound",
                "a{2,}|no bound",
                "a{3,2}|n ≤ m",
                "a{0,9999}|n ≤ m",
                "(a|not closed",
                "a)|not opened",
                "[ab|not closed",
                "[z-a]|lower to a higher",
                "?a|must be escaped",
                "^a|must be escaped",
                "é|only ASCII",
                "\\q|means nothing",
                "a\\|escapes nothing"
            })
    void whatCannotBeBoundedOrReadIsRefusedWithTheReason(String expression, String reason) {
        assertThatThrownBy(() -> Pattern.of(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void lengthIsKnownBeforehand() {
        assertThat(Pattern.of("(ab|cde){2,3}f?").maxLength()).isEqualTo(10);
    }

    @Test
    void patternThatMatchesNothingAtAllIsRefused() {
        assertThatThrownBy(() -> Automaton.of(List.of(Pattern.of("a?")))).hasMessageContaining("empty text");
    }

    @Test
    void automatonThatWouldGrowBeyondItsBoundIsRefused() {
        assertThatThrownBy(() -> Automaton.of(List.of(Pattern.of("[ab]{0,200}a[ab]{16}"))))
                .hasMessageContaining("states");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[a-z]{14}\\.x|14",
                "x{0,3}y-|1",
                "(ab-){2}c|2",
                "(a-)?b|0",
                "\\L|0",
                "[a-]b|0",
            })
    void howManySymbolsOfAWordAMatchBeginsWithIsKnownBeforehand(String expression, int least) {
        BitSet words = new BitSet();
        for (int symbol = 0; symbol < 128; symbol++) {
            words.set(symbol, Fold.word(symbol));
        }
        assertThat(Pattern.of(expression).leastLead(words)).isEqualTo(least);
        assertThat(Pattern.of("(" + expression + "|abcdefghijklmnopqrst)").leastLead(words))
                .isEqualTo(least);
    }
}
