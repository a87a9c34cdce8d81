package dev.redoubt.sidecar;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.Report;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The audit line of one request, up to where it is handed to the writer. In this package, which keeps it to itself. */
@State(Scope.Thread)
public class AuditBenchmark {
    private static final AuditRecord.Place PLACE = new AuditRecord.Place("rag", "support", "docs");
    private static final String REVISION = "6d5a8e790355f9f5".repeat(4);
    private static final Report REPORT = new Report(
            List.of(new Report.Redacted(Stage.Retrieve, Action.Tokenize, "EMAIL_ADDRESS", 4)),
            List.of("a", "b", "c"),
            3,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            3,
            0,
            null);

    @Benchmark
    public byte[] line() {
        Findings findings = new Findings();
        findings.add(REPORT);
        return new AuditRecord(
                        Instant.now(),
                        PLACE,
                        "assistant",
                        false,
                        "query",
                        "Query",
                        Decision.Allow,
                        null,
                        200,
                        findings,
                        1,
                        REVISION,
                        "4bf92f3577b34da6a3ce929d0e0e4736",
                        2009,
                        1911,
                        1)
                .json();
    }
}
