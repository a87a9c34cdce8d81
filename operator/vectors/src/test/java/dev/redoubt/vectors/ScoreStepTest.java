package dev.redoubt.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreStepTest {
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.97140783, 0.95",
        "0.05, 0.98, 1.00",
        "0.05, 1.1920929e-07, 0.00",
        "0.05, -1.1920929e-07, 0.00",
        "0.05, 0.075, 0.10",
        "0.05, 0.025, 0.00",
        "0.05, -0.33, -0.35",
        "0.1, 0.30000000000000004, 0.3",
        "0.3, 0.5, 0.6",
        "1, 1.5, 2.0",
        "10, 26, 30.0",
        "1E-3, 12.34567E-1, 1.235",
        "0.050, 7, 7.00"
    })
    void scoreBecomesNearestMultipleOfStep(String step, String score, String rounded) {
        assertThat(new ScoreStep(new BigDecimal(step)).round(score)).isEqualTo(rounded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "",
                " 1",
                "1 ",
                "+1",
                ".5",
                "1.",
                "01",
                "0x1",
                "1e",
                "null",
                "\"1\"",
                "1e401",
                "1e-402",
                "1e999999999999",
                "-1e2147483648",
                "\u0661"
            })
    void whatIsNoJsonNumberOfOrdinarySizeIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> new ScoreStep(new BigDecimal("0.05")).round(text))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("a score is not a JSON number of ordinary size")
                .hasNoCause();
    }

    @Test
    void stepThatWouldRoundNothingOrEverythingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScoreStep(BigDecimal.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScoreStep(new BigDecimal("-0.05")));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScoreStep(new BigDecimal("1e-500")));
    }

    @Test
    void aThresholdPartsScoresAsTheirRoundedFormsDo() {
        ScoreStep step = new ScoreStep(new BigDecimal("0.05"));
        assertThat(step.border("0.73")).isEqualTo("0.725");
        assertThat(step.border("0.76")).isEqualTo("0.725");
        assertThat(step.border("0")).isEqualTo("-0.025");
        for (String score : new String[] {"0.71", "0.7249", "0.7251", "0.74", "0.776"}) {
            boolean reached = new BigDecimal(score).compareTo(new BigDecimal(step.border("0.75"))) >= 0;
            assertThat(reached)
                    .as(score)
                    .isEqualTo(new BigDecimal(step.round(score)).compareTo(new BigDecimal("0.75")) >= 0);
        }
    }
}
