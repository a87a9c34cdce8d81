package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.sidecar.recognizer.Observer;
import dev.redoubt.sidecar.recognizer.Recognizers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    private Meter configuration;

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        gauge("redoubt_requests_in_flight", "Requests under way", inFlight::get);
        gauge(
                "redoubt_stream_held_bytes",
                "Bytes of streams that are held back because a match may begin there",
                held::get);
        registry.counter("redoubt_configuration_errors_total");
        registry.counter("redoubt_audit_lost_total");
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
        registry.counter(
                        "redoubt_requests_total",
                        "route",
                        route,
                        "operation",
                        record.operation() == null ? NONE : record.operation(),
                        "client",
                        record.client() == null ? NONE : record.client(),
                        "decision",
                        record.decision().name(),
                        "status",
                        Integer.toString(record.status()))
                .increment();
        if (record.reason() != null) {
            registry.counter(
                            "redoubt_refusals_total",
                            "reason",
                            record.reason(),
                            "decision",
                            record.decision().name())
                    .increment();
        }
        if (Reason.RateLimited.name().equals(record.reason())) {
            registry.counter("redoubt_limited_total", "client", record.client()).increment();
        }
        record.findings().redacted().forEach((redacted, count) -> registry.counter(
                        "redoubt_redactions_total",
                        "entity",
                        redacted.entity(),
                        "action",
                        redacted.action().name(),
                        "stage",
                        redacted.stage().name())
                .increment(count));
        record.findings().counts().forEach((what, count) -> registry.counter("redoubt_values_total", "what", what)
                .increment(count));
        registry.counter("redoubt_body_bytes_total", "direction", "in").increment(record.bytesIn());
        registry.counter("redoubt_body_bytes_total", "direction", "out").increment(record.bytesOut());
        Timer.builder("redoubt_request_duration_seconds")
                .description("From the request head to the end of the response")
                .tags(Tags.of("route", route))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofMillis(record.milliseconds()));
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
