package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.LastLeakage;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What the leakage tests of a pipeline found.
 *
 * @param finding the condition LeakageTestPassed
 * @param last the last run of any of them, or null
 */
public record LeakageSummary(Finding finding, LastLeakage last) {
    private static final ConditionType TYPE = ConditionType.LEAKAGE_TEST_PASSED;

    /**
     * Sums up.
     *
     * @param tests the tests of the pipeline
     * @param revision the pipeline's configuration revision; a verdict about another one says nothing any more
     */
    public static LeakageSummary of(Collection<LeakageTest> tests, String revision) {
        if (tests.isEmpty()) {
            return new LeakageSummary(
                    Finding.unknown(
                            TYPE,
                            ConditionReason.NOT_REQUESTED,
                            "No LeakageTest attacks this pipeline; create one to know"),
                    null);
        }
        List<LeakageTest> run = tests.stream()
                .filter(test -> test.getStatus() != null
                        && test.getStatus().verdict() != null
                        && test.getStatus().lastRun() != null
                        && test.getStatus().lastRun().completionTime() != null)
                .sorted(Comparator.comparing(test -> test.getMetadata().getName()))
                .toList();
        LastLeakage last = run.stream()
                .max(Comparator.comparing(test -> test.getStatus().lastRun().completionTime()))
                .map(test -> new LastLeakage(
                        test.getStatus().verdict(),
                        test.getMetadata().getName(),
                        test.getStatus().lastRun().completionTime()))
                .orElse(null);
        return new LeakageSummary(finding(tests, run, revision), last);
    }

    private static Finding finding(Collection<LeakageTest> tests, List<LeakageTest> run, String revision) {
        List<LeakageTest> fresh = run.stream()
                .filter(test ->
                        revision != null && revision.equals(test.getStatus().pipelineRevision()))
                .toList();
        for (LeakageTest test : fresh) {
            if (test.getStatus().verdict() == Verdict.FAIL) {
                return Finding.no(
                        TYPE,
                        ConditionReason.FAILED,
                        "LeakageTest " + name(test) + " found a leak; its status and report say which attack worked");
            }
        }
        for (LeakageTest test : fresh) {
            if (test.getStatus().verdict() != Verdict.PASS) {
                boolean invalid = test.getStatus().verdict() == Verdict.INVALID;
                return Finding.unknown(
                        TYPE,
                        invalid ? ConditionReason.INVALID : ConditionReason.INCONCLUSIVE,
                        "LeakageTest " + name(test) + " came to no verdict; see its status");
            }
        }
        for (LeakageTest test : run) {
            if (!fresh.contains(test)) {
                return Finding.unknown(
                        TYPE,
                        ConditionReason.OUTDATED,
                        "LeakageTest " + name(test)
                                + " attacked an older configuration; it runs again on its schedule, or with the"
                                + " annotation redoubt.dev/run-now");
            }
        }
        if (fresh.size() < tests.size()) {
            return Finding.unknown(
                    TYPE,
                    ConditionReason.NOT_YET_PROBED,
                    fresh.size() + " of " + tests.size() + " LeakageTests have run");
        }
        return Finding.yes(TYPE, ConditionReason.PASSED, fresh.size() + " of " + tests.size() + " LeakageTests passed");
    }

    private static String name(LeakageTest test) {
        return test.getMetadata().getName();
    }
}
