package dev.redoubt.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.vectors.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Judge.Findings WORKING = findings(.99, 1, .3, .4);

    @Test
    void trilaterationIsJudgedByTheEndsOfItsIntervals() {
        assertThat(judged(findings(.86, .9, 0, .05))).isEqualTo(Verdict.Fail);
        assertThat(judged(findings(.5, .6, .16, .3))).isEqualTo(Verdict.Fail);
        assertThat(judged(findings(.5, .79, 0, .14))).isEqualTo(Verdict.Pass);
        assertThat(judged(findings(.84, .9, 0, .05))).isEqualTo(Verdict.Inconclusive);
        assertThat(judged(findings(.5, .81, 0, .05))).isEqualTo(Verdict.Inconclusive);
        assertThat(judged(findings(.5, .6, .1, .16))).isEqualTo(Verdict.Inconclusive);
    }

    @Test
    void oneOfSeveralWaysThatLeaksOrCannotBeToldDecides() {
        Judge.Findings held = findings(.5, .6, 0, .1);
        assertThat(both(held, held)).isEqualTo(Verdict.Pass);
        assertThat(both(held, findings(.5, .6, .1, .16))).isEqualTo(Verdict.Inconclusive);
        assertThat(both(findings(.5, .6, .16, .2), held)).isEqualTo(Verdict.Fail);
        // of two that are not held the clear one decides, whichever has the larger value
        assertThat(both(findings(.5, .6, .16, .2), findings(.7, .9, .1, .5))).isEqualTo(Verdict.Fail);
    }

    @Test
    void trilaterationThatWasCutShortMayFailButNeverPass() {
        assertThat(TrilaterationReport.verdict(one(findings(.1, .2, 0, .01)), WORKING, false))
                .isEqualTo(Verdict.Inconclusive);
        assertThat(TrilaterationReport.verdict(one(findings(.9, .95, .2, .3)), WORKING, false))
                .isEqualTo(Verdict.Fail);
    }

    @Test
    void trilaterationWhoseControlDoesNotWorkIsInvalidWhateverItFinds() {
        for (Judge.Findings found : List.of(findings(.9, .95, .2, .3), findings(0, .1, 0, .01))) {
            assertThat(TrilaterationReport.verdict(one(found), findings(.8, .84, .3, .4), true))
                    .isEqualTo(Verdict.Invalid);
            assertThat(TrilaterationReport.verdict(one(found), findings(.99, 1, .1, .14), true))
                    .isEqualTo(Verdict.Invalid);
        }
    }

    @Test
    void canaryIsJudgedByHitsReachAndControls() {
        assertThat(Canary.verdict(0, 0, 24, 24, false, true)).isEqualTo(Verdict.Pass);
        assertThat(Canary.verdict(1, 0, 24, 24, true, true)).isEqualTo(Verdict.Fail);
        assertThat(Canary.verdict(0, 0, 24, 24, true, true)).isEqualTo(Verdict.Inconclusive);
        assertThat(Canary.verdict(0, 0, 19, 24, false, true)).isEqualTo(Verdict.Inconclusive);
        assertThat(Canary.verdict(24, 1, 24, 24, false, true)).isEqualTo(Verdict.Invalid);
        assertThat(Canary.verdict(0, 0, 24, 24, false, false)).isEqualTo(Verdict.Invalid);
    }

    @Test
    void worstVerdictSpeaksForTheRun() {
        assertThat(Verdict.worst(List.of(Verdict.Pass, Verdict.Fail, Verdict.Invalid)))
                .isEqualTo(Verdict.Fail);
        assertThat(Verdict.worst(List.of(Verdict.Pass, Verdict.Inconclusive, Verdict.Invalid)))
                .isEqualTo(Verdict.Invalid);
        assertThat(Verdict.worst(List.of(Verdict.Pass, Verdict.Inconclusive))).isEqualTo(Verdict.Inconclusive);
        assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.Invalid);
    }

    private static Verdict both(Judge.Findings first, Judge.Findings second) {
        return TrilaterationReport.verdict(Map.of("order", first, "chosen", second), WORKING, true);
    }

    private static Verdict judged(Judge.Findings findings) {
        return TrilaterationReport.verdict(one(findings), WORKING, true);
    }

    private static Map<String, Judge.Findings> one(Judge.Findings findings) {
        return Map.of("order", findings);
    }

    private static Judge.Findings findings(double cosineLow, double cosineHigh, double low, double high) {
        return new Judge.Findings(
                new Interval((cosineLow + cosineHigh) / 2, cosineLow, cosineHigh),
                new Interval((low + high) / 2, low, high),
                .5,
                .2,
                .1);
    }
}
