package dev.redoubt.probe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What a run found. The forms below are what the controller reads; it does not share these types.
 *
 * @param spec what was asked for
 * @param probes one for each probe, in the order of the specification
 * @param spent what each of them spent, in the same order
 * @param remark anything about the run as a whole, such as records that could not be removed; empty for nothing
 */
record Report(RunSpec spec, List<ProbeReport> probes, List<Spent> spent, String remark) {
    /** A termination message is cut by Kubernetes beyond this. */
    private static final int SUMMARY_BYTES = 4096;

    private static final int LONGEST_MESSAGE = 400;
    private static final Set<String> NOT_IN_SUMMARY = Set.of("attackerKnowledge", "details");
    private static final Set<String> NOT_IN_DIGEST = Set.of("message", "spent");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * What a probe used.
     *
     * @param queries query vectors, look-ups and prompts of the attacker
     * @param seconds wall-clock time
     */
    record Spent(int queries, double seconds) {}

    Verdict verdict() {
        return Verdict.worst(probes.stream().map(ProbeReport::verdict).toList());
    }

    /** Everything. */
    ObjectNode full() {
        ObjectNode report = JSON.objectNode();
        report.putObject("run")
                .put("test", spec.test())
                .put("runId", spec.runId())
                .put("pipelineRevision", spec.pipelineRevision())
                .put("profile", spec.profile())
                .put("attacker", spec.attackerName());
        report.put("seed", spec.seed()).put("verdict", verdict().name());
        ArrayNode all = report.putArray("probes");
        for (int i = 0; i < probes.size(); i++) {
            ObjectNode probe = probes.get(i).json();
            probe.putObject("spent")
                    .put("queries", spent.get(i).queries())
                    .put("seconds", Math.rint(spent.get(i).seconds() * 10) / 10);
            all.add(probe);
        }
        report.put("digest", digest());
        if (!remark.isEmpty()) {
            report.put("remark", remark);
        }
        return report;
    }

    /** The full report without details, at most 4 KB in UTF-8. */
    String summary() {
        for (int longest = LONGEST_MESSAGE; ; longest /= 2) {
            ObjectNode summary = full();
            int limit = longest;
            summary.path("probes").forEach(probe -> {
                ((ObjectNode) probe).remove(NOT_IN_SUMMARY);
                String message = probe.path("message").asText();
                ((ObjectNode) probe).put("message", message.substring(0, Math.min(limit, message.length())));
            });
            String text = summary.toString();
            if (text.getBytes(StandardCharsets.UTF_8).length <= SUMMARY_BYTES || longest == 0) {
                return text;
            }
        }
    }

    /** SHA-256 of what follows from seed and pipeline: equal for two runs with one seed that found the same. */
    private String digest() {
        ObjectNode deterministic = JSON.objectNode()
                .put("seed", spec.seed())
                .put("verdict", verdict().name());
        ArrayNode all = deterministic.putArray("probes");
        probes.forEach(probe -> all.add(probe.json().remove(NOT_IN_DIGEST)));
        try {
            byte[] bytes = deterministic.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
