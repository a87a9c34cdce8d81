package dev.redoubt.controller.leakagetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.Probe;
import dev.redoubt.crds.ProbeResult;
import dev.redoubt.crds.Verdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run found, as the status tells it. Pure. A run that says nothing is Inconclusive: the absence of a finding is
 * never a Pass.
 *
 * @param verdict the worst verdict
 * @param pipelineRevision configuration revision that was attacked, or null
 * @param seed seed of the run, or null
 * @param probes what each attack found
 */
record RunOutcome(Verdict verdict, String pipelineRevision, Long seed, List<ProbeResult> probes) {
    /** How the last line of a probe's log begins that carries the full report. */
    static final String REPORT_PREFIX = "REDOUBT-REPORT ";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGE = 1024;
    private static final int KNOWLEDGE = 512;
    private static final int METRIC = 128;
    private static final int SCALE = 6;
    private static final BigDecimal LARGEST = new BigDecimal("999999999");

    /**
     * Reads a report or its summary.
     *
     * @param test the test that the run was of
     * @param json the report
     * @return empty where it is no report of this test
     */
    static Optional<RunOutcome> read(LeakageTest test, String json) {
        try {
            JsonNode report = JSON.readTree(json);
            if (report == null
                    || !test.getMetadata()
                            .getName()
                            .equals(report.at("/run/test").asText())) {
                return Optional.empty();
            }
            List<ProbeResult> probes = new ArrayList<>();
            for (JsonNode probe : report.path("probes")) {
                probes.add(result(probe));
            }
            Verdict verdict = JSON.convertValue(report.path("verdict"), Verdict.class);
            if (verdict == null || !covers(test, probes) || !consistent(verdict, probes)) {
                return Optional.empty();
            }
            return Optional.of(new RunOutcome(
                    verdict,
                    text(report.at("/run/pipelineRevision"), 64),
                    report.path("seed").isIntegralNumber() ? report.path("seed").longValue() : null,
                    probes));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The outcome of a run that left no report. */
    static RunOutcome silent(LeakageTest test, String why) {
        return new RunOutcome(
                Verdict.INCONCLUSIVE,
                null,
                null,
                test.getSpec().probes().stream()
                        .map(probe -> new ProbeResult(
                                probe.name(),
                                Verdict.INCONCLUSIVE,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                cut(why, MESSAGE)))
                        .toList());
    }

    /** The full report in a probe's log. */
    static Optional<String> report(String log) {
        int start = log.lastIndexOf("\n" + REPORT_PREFIX);
        if (start < 0 && !log.startsWith(REPORT_PREFIX)) {
            return Optional.empty();
        }
        String line = log.substring(start + 1 + REPORT_PREFIX.length());
        int end = line.indexOf('\n');
        return Optional.of(end < 0 ? line : line.substring(0, end));
    }

    /** A report that leaves out an attack that was asked for says nothing about it. */
    private static boolean covers(LeakageTest test, List<ProbeResult> probes) {
        List<Probe.Name> found = probes.stream().map(ProbeResult::name).toList();
        return found.containsAll(
                test.getSpec().probes().stream().map(Probe::name).toList());
    }

    private static boolean consistent(Verdict verdict, List<ProbeResult> probes) {
        return verdict != Verdict.PASS || probes.stream().allMatch(probe -> probe.verdict() == Verdict.PASS);
    }

    private static ProbeResult result(JsonNode probe) {
        return new ProbeResult(
                Objects.requireNonNull(JSON.convertValue(probe.path("name"), Probe.Name.class)),
                Objects.requireNonNull(JSON.convertValue(probe.path("verdict"), Verdict.class)),
                text(probe.path("metric"), METRIC),
                decimal(probe.path("value")),
                decimal(probe.path("ciLow")),
                decimal(probe.path("ciHigh")),
                decimal(probe.path("threshold")),
                text(probe.path("attackerKnowledge"), KNOWLEDGE),
                text(probe.path("message"), MESSAGE));
    }

    private static String decimal(JsonNode number) {
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            return null;
        }
        BigDecimal value = number.decimalValue().setScale(SCALE, RoundingMode.HALF_EVEN);
        return value.abs().compareTo(LARGEST) > 0
                ? null
                : value.stripTrailingZeros().toPlainString();
    }

    private static String text(JsonNode text, int longest) {
        return text.isTextual() && !text.asText().isEmpty() ? cut(text.asText(), longest) : null;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
