package dev.redoubt.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;

class ScoreStepProperties {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    @Property
    void roundedScoreIsMultipleAtMostHalfAStepAway(
            @ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(12) BigDecimal score,
            @ForAll @BigRange(min = "0.000001", max = "10") @Scale(6) BigDecimal step) {
        BigDecimal rounded = new ScoreStep(step).round(score);
        assertThat(rounded.remainder(step)).isZero();
        assertThat(rounded.subtract(score).abs().multiply(TWO)).isLessThanOrEqualTo(step);
    }

    @Property
    void orderOfScoresIsKept(
            @ForAll @BigRange(min = "-10", max = "10") @Scale(8) BigDecimal a,
            @ForAll @BigRange(min = "-10", max = "10") @Scale(8) BigDecimal b) {
        ScoreStep step = new ScoreStep(new BigDecimal("0.05"));
        assertThat(step.round(a.min(b))).isLessThanOrEqualTo(step.round(a.max(b)));
    }

    @Property
    void roundingTwiceChangesNothing(@ForAll double score) {
        ScoreStep step = new ScoreStep(new BigDecimal("0.05"));
        String once = step.round(new BigDecimal(score)).toPlainString();
        assertThat(step.round(once)).isEqualTo(once);
    }
}
