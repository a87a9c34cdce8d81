package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.Verdict;
import java.util.List;

/** What the conditions of a leakage test say. Pure. */
final class LeakageFindings {
    private LeakageFindings() {}

    /** The conditions of a test that can run. */
    static List<Finding> able(LeakageTest test, Verdict verdict, boolean running, boolean waiting) {
        String when = test.getSpec().schedule() == null
                ? "It runs once for each configuration of the pipeline"
                : "It runs at " + test.getSpec().schedule() + " "
                        + test.getSpec().timeZone();
        Finding progress = running
                ? Finding.yes(ConditionType.RECONCILING, ConditionReason.PENDING, "A run is under way")
                : waiting
                        ? Finding.yes(
                                ConditionType.RECONCILING,
                                ConditionReason.PENDING,
                                "A run begins when the pipeline is Ready; one that was asked for begins without"
                                        + " that after " + ProbeRuns.PATIENCE.toSeconds() + " s")
                        : Finding.no(ConditionType.RECONCILING, ConditionReason.VALID, "Nothing is under way");
        return List.of(
                Finding.yes(
                        ConditionType.READY,
                        ConditionReason.VALID,
                        when + "; the annotation " + ProbeObjects.RUN_NOW + " with a new value runs it now"),
                progress,
                passed(verdict));
    }

    /** The conditions of a test that cannot run. */
    static List<Finding> unable(ConditionReason reason, String message, Verdict verdict) {
        return List.of(
                Finding.no(ConditionType.READY, reason, message),
                Finding.no(ConditionType.RECONCILING, reason, "See Ready"),
                passed(verdict));
    }

    private static Finding passed(Verdict verdict) {
        ConditionType type = ConditionType.LEAKAGE_TEST_PASSED;
        if (verdict == null) {
            return Finding.unknown(type, ConditionReason.NOT_YET_PROBED, "There was no run yet");
        }
        return switch (verdict) {
            case PASS -> Finding.yes(type, ConditionReason.PASSED, "The last run passed");
            case FAIL ->
                Finding.no(
                        type,
                        ConditionReason.FAILED,
                        "The last run found a leak; status.probes says which attack worked");
            case INCONCLUSIVE ->
                Finding.unknown(
                        type, ConditionReason.INCONCLUSIVE, "The last run came to no verdict; status.probes says why");
            case INVALID ->
                Finding.unknown(
                        type, ConditionReason.INVALID, "The last run could not have failed; status.probes says why");
        };
    }
}
