package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.sidecar.recognizer.Observer;
import dev.redoubt.sidecar.recognizer.Recognizers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What Prometheus is told. Every label has a bounded set of values: routes and entities of the build, clients, recognisers and
 * revision of the configuration, reasons of an enum.
 */
final class Metrics implements Observer {
    private static final String NONE = "none";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final Map<String, BooleanSupplier> open = new ConcurrentHashMap<>();
    /** By their labels, which finds them sooner than the registry does. */
    private final Map<Record, Counter> counters = new ConcurrentHashMap<>();

    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<Findings.Count, Counter> values = new EnumMap<>(Findings.Count.class);
    private final Counter bytesIn = registry.counter("redoubt_body_bytes_total", "direction", "in");
    private final Counter bytesOut = registry.counter("redoubt_body_bytes_total", "direction", "out");
    private Meter configuration;

    private record Requests(String route, String operation, String client, Decision decision, int status) {}

    private record Refusals(String reason, Decision decision) {}

    private record Limited(String client) {}

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        gauge("redoubt_requests_in_flight", "Requests under way", inFlight::get);
        gauge(
                "redoubt_stream_held_bytes",
                "Bytes of streams that are held back because a match may begin there",
                held::get);
        registry.counter("redoubt_configuration_errors_total");
        registry.counter("redoubt_audit_lost_total");
        for (Findings.Count what : Findings.Count.all()) {
            values.put(what, registry.counter("redoubt_values_total", "what", what.label()));
        }
    }

    /** Adds a gauge that is asked on every scrape. */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** What all metrics are now, in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    void began() {
        inFlight.incrementAndGet();
    }

    long inFlight() {
        return inFlight.get();
    }

    void heldBack(int bytes) {
        held.addAndGet(bytes);
    }

    /** Counts a finished exchange as the audit tells it. */
    void ended(AuditRecord record) {
        inFlight.decrementAndGet();
        String route = record.route() == null ? NONE : record.route();
        count(new Requests(
                route,
                record.operation() == null ? NONE : record.operation(),
                record.client() == null ? NONE : record.client(),
                record.decision(),
                record.status()));
        if (record.reason() != null) {
            count(new Refusals(record.reason(), record.decision()));
        }
        if (Reason.RateLimited.name().equals(record.reason())) {
            count(new Limited(record.client()));
        }
        record.findings().redacted().forEach((redacted, count) -> counter(redacted)
                .increment(count));
        for (Findings.Count what : Findings.Count.all()) {
            int times = record.findings().count(what);
            if (times > 0) {
                values.get(what).increment(times);
            }
        }
        bytesIn.increment(record.bytesIn());
        bytesOut.increment(record.bytesOut());
        Timer duration = durations.get(route);
        if (duration == null) {
            duration = durations.computeIfAbsent(route, this::duration);
        }
        duration.record(record.milliseconds(), TimeUnit.MILLISECONDS);
    }

    private void count(Record labels) {
        counter(labels).increment();
    }

    private Counter counter(Record labels) {
        Counter known = counters.get(labels);
        return known != null ? known : counters.computeIfAbsent(labels, this::registered);
    }

    private Counter registered(Record labels) {
        if (labels instanceof Requests of) {
            return registry.counter(
                    "redoubt_requests_total",
                    "route",
                    of.route(),
                    "operation",
                    of.operation(),
                    "client",
                    of.client(),
                    "decision",
                    of.decision().name(),
                    "status",
                    Integer.toString(of.status()));
        }
        if (labels instanceof Refusals of) {
            return registry.counter(
                    "redoubt_refusals_total",
                    "reason",
                    of.reason(),
                    "decision",
                    of.decision().name());
        }
        if (labels instanceof Limited of) {
            return registry.counter("redoubt_limited_total", "client", of.client());
        }
        Findings.Redacted of = (Findings.Redacted) labels;
        return registry.counter(
                "redoubt_redactions_total",
                "entity",
                of.entity(),
                "action",
                of.action().name(),
                "stage",
                of.stage().name());
    }

    private Timer duration(String route) {
        return Timer.builder("redoubt_request_duration_seconds")
                .description("From the request head to the end of the response")
                .tags(Tags.of("route", route))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void known(String recognizer, BooleanSupplier isOpen) {
        open.put(recognizer, isOpen);
        Gauge.builder("redoubt_recognizer_open", () -> open.get(recognizer).getAsBoolean() ? 1 : 0)
                .description("1 while a recogniser is not asked because it failed again and again")
                .tags("recognizer", recognizer)
                .register(registry);
    }

    @Override
    public void asked(String recognizer, String result, Duration time) {
        Timer.builder("redoubt_recognizer_duration_seconds")
                .description("Requests to recognisers outside of the guard, by what came of them")
                .tags("recognizer", recognizer, "result", result)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(time);
    }

    /** A message went on, or is refused, without the judgement of a recogniser. */
    void unjudged(Recognizers.Failure failure) {
        registry.counter(
                        "redoubt_recognizer_failures_total",
                        "recognizer",
                        failure.recognizer().name(),
                        "reason",
                        failure.kind().label(),
                        "onError",
                        failure.recognizer().onError().name())
                .increment();
    }

    /** An exchange ended that no audit line could be written for: while observing nothing is refused for that. */
    void auditLost() {
        registry.counter("redoubt_audit_lost_total").increment();
    }

    /** A configuration has come into force. */
    synchronized void configuration(GuardConfig config) {
        if (configuration != null) {
            registry.remove(configuration);
        }
        configuration = Gauge.builder("redoubt_configuration_revision", () -> 1)
                .description("The configuration in force")
                .tags(
                        "revision",
                        config.revision(),
                        "profile",
                        config.profile(),
                        "mode",
                        config.mode().name())
                .register(registry);
    }

    /** A configuration or key ring could not be used. */
    void configurationError() {
        registry.counter("redoubt_configuration_errors_total").increment();
    }
}
