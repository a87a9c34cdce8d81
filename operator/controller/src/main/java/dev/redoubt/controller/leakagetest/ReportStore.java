package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.crds.LeakageTest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Keeps the full reports of the last runs. */
final class ReportStore {
    /** Label of reports. */
    static final String REPORT = "redoubt.dev/report";

    /** Value of {@link #REPORT}. */
    static final String FULL = "full";

    private static final int KEPT = 5;

    /** What a ConfigMap may hold, with some room for the rest of the object. */
    private static final int MAX_BYTES = 900 * 1024;

    private final ObjectWriter writer;

    ReportStore(ObjectWriter writer) {
        this.writer = writer;
    }

    /** Whether a report can be kept. */
    static boolean fits(String report) {
        return report.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /**
     * Keeps a report and lets the oldest go.
     *
     * @param kept the reports that are there already
     */
    void keep(LeakageTest test, String run, String report, List<ConfigMap> kept) {
        ConfigMap stored = writer.createOnce(ProbeObjects.desiredReport(test, run, report));
        kept.stream()
                .filter(old ->
                        !old.getMetadata().getName().equals(stored.getMetadata().getName()))
                .sorted(Comparator.comparing(
                                (ConfigMap old) -> old.getMetadata().getCreationTimestamp())
                        .reversed())
                .skip(KEPT - 1L)
                .forEach(writer::delete);
    }
}
