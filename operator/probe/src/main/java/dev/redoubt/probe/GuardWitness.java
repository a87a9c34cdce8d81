package dev.redoubt.probe;

import dev.redoubt.policy.GuardConfig;
import java.net.http.HttpHeaders;
import java.util.Locale;

/**
 * Keeps account of who answered. A guard tells a leakage test the revision of its configuration; what another
 * configuration withheld, or what a store without a guard did not have, is no merit of the one that is tested.
 */
final class GuardWitness {
    private int answers;
    private int others;

    /** Takes note of one answer, of any status. */
    void saw(RunSpec.Endpoint endpoint, HttpHeaders headers) {
        answers++;
        if (!headers.firstValue(GuardConfig.REVISION_HEADER)
                .filter(endpoint.revision()::equals)
                .isPresent()) {
            others++;
        }
    }

    /** What a report is worth by what was seen so far: only a Pass needs the right guard. */
    ProbeReport weighed(ProbeReport report) {
        if (report.verdict() != Verdict.Pass || answers > 0 && others == 0) {
            return report;
        }
        return new ProbeReport(
                report.name(),
                Verdict.Inconclusive,
                report.measure(),
                report.attackerKnowledge(),
                report.baselines(),
                report.control(),
                String.format(
                        Locale.ROOT,
                        "%d of %d answers did not come from a guard with the tested configuration, so this is no Pass:"
                                + " run it again when the pipeline is Ready",
                        others,
                        answers),
                report.details());
    }
}
