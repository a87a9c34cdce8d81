package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Route;
import dev.redoubt.sidecar.AuditRecord.Place;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What is known of one exchange, told once to audit and metrics. Used by one event loop. */
final class Ledger {
    private final Place place;
    private final Snapshot snapshot;
    private final AuditLog.Slot slot;
    private final Metrics metrics;
    private final Instant time = Instant.now();
    private final long began = System.nanoTime();
    private final Findings findings = new Findings();
    private Client client;
    private String route;
    private Operation operation;
    private String traceId;
    private String noted;
    private long bytesIn;
    private long bytesOut;
    private boolean closed;

    /**
     * @param snapshot {@code null} where there is no configuration
     * @param slot {@code null} where the audit has no room
     */
    Ledger(Place place, Snapshot snapshot, AuditLog.Slot slot, Metrics metrics) {
        this.place = place;
        this.snapshot = snapshot;
        this.slot = slot;
        this.metrics = metrics;
        metrics.began();
    }

    Findings findings() {
        return findings;
    }

    /** Who asks for what, as far as it is known. */
    void admission(Admission admission) {
        client = admission.client();
        if (admission.matched() != null) {
            Route matched = admission.matched().route();
            route = matched.name();
            operation = admission.used(matched.operations());
        }
    }

    /**
     * Who asks for what, where there are no routes.
     *
     * @param asker {@code null} where nobody is known
     * @param what takes the place of the route's name
     */
    void of(Client asker, String what, Operation does) {
        client = asker;
        route = what;
        operation = does;
    }

    void operation(Operation value) {
        operation = value;
    }

    void traceId(String value) {
        traceId = value;
    }

    /** While observing: the first thing for which the request would have been refused. */
    void note(Problem problem) {
        if (noted == null) {
            noted = problem.reason();
            findings.rule(problem.rule());
        }
    }

    void in(long bytes) {
        bytesIn += bytes;
    }

    void out(long bytes) {
        bytesOut += bytes;
    }

    /** The exchange went through. */
    void passed(int status) {
        close(observes() ? Decision.Observe : Decision.Allow, noted, status);
    }

    /** The exchange was refused, or broke off; the first such word counts. */
    void refused(Problem problem) {
        findings.rule(problem.rule());
        close(Decision.Refuse, problem.reason(), problem.status());
    }

    /** The exchange broke off for a reason that is nobody's decision. */
    void brokeOff(Reason reason) {
        close(observes() ? Decision.Observe : Decision.Allow, reason.name(), reason.status());
    }

    boolean isClosed() {
        return closed;
    }

    private boolean observes() {
        return snapshot != null && snapshot.observes();
    }

    private void close(Decision decision, String reason, int status) {
        if (closed) {
            return;
        }
        closed = true;
        AuditRecord record = new AuditRecord(
                time,
                place,
                client == null ? null : client.name(),
                client != null && client.leakageTest(),
                route,
                operation == null ? null : operation.name(),
                decision,
                reason,
                status,
                findings,
                snapshot == null ? null : snapshot.keyVersion(),
                snapshot == null ? null : snapshot.revision(),
                traceId,
                bytesIn,
                bytesOut,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        if (slot == null) {
            metrics.auditLost();
        } else {
            slot.write(record.json());
        }
        metrics.ended(record);
    }
}
