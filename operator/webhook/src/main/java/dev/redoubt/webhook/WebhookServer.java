package dev.redoubt.webhook;

import dev.redoubt.injection.Injector;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The webhook as a whole. It serves admission as soon as a certificate is there, takes a new one within seconds, and is
 * ready while the certificate it serves is valid and the pipelines were heard of.
 */
final class WebhookServer {
    private static final long RELOAD_MILLIS = 1_000;
    private static final Logger LOG = System.getLogger(WebhookServer.class.getName());

    private final Vertx vertx;
    private final WebhookSettings settings;
    private final PipelineSource pipelines;
    private final InstantSource clock;
    private final AdmissionServer admission;
    private final SelfTest selfTest;
    private final HealthServer health;
    private final ServedCertificate served = new ServedCertificate();

    private volatile int port;
    private volatile boolean tested;
    private volatile boolean stopping;
    private String lastProblem = "";

    /** @param serialization that of the client which pipelines are read with */
    WebhookServer(
            Vertx vertx,
            WebhookSettings settings,
            PipelineSource pipelines,
            KubernetesSerialization serialization,
            InstantSource clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.pipelines = pipelines;
        this.clock = clock;
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Gauge.builder("redoubt.webhook.certificate.expiry.timestamp", this, WebhookServer::expiry)
                .baseUnit("seconds")
                .description("when the served certificate expires, in seconds since 1970; NaN while there is none")
                .register(metrics);
        Injector injector = new Injector(Profiles.builtIn(), settings.guardImage());
        this.selfTest = new SelfTest(serialization, injector);
        this.admission = new AdmissionServer(vertx, new Admission(injector, pipelines, new DecisionLog(metrics)));
        this.health = new HealthServer(vertx, this::unready, metrics);
    }

    /** Starts, and answers the port of health; admission follows when there is a certificate. */
    Future<Integer> start() {
        return health.start(settings.healthPort()).onSuccess(started -> {
            reloadAndRepeat();
            vertx.<Void>executeBlocking(
                            () -> {
                                selfTest.run();
                                return null;
                            },
                            false)
                    .onSuccess(done -> tested = true)
                    .onFailure(e -> LOG.log(Level.ERROR, "the self-test failed; this replica stays unready", e));
        });
    }

    /** The port of admission, or 0 while it is not served. */
    int port() {
        return port;
    }

    /** Lets readiness fail, so that no new reviews are sent here; those that come are still answered. */
    void drain() {
        stopping = true;
    }

    private Optional<String> unready() {
        if (stopping) {
            return Optional.of("stopping");
        }
        if (!tested) {
            return Optional.of("the self-test has not passed");
        }
        if (port == 0) {
            return Optional.of("there is no certificate yet");
        }
        if (served.certificate().filter(c -> c.isValidAt(clock.instant())).isEmpty()) {
            return Optional.of("the certificate is not valid at this time");
        }
        return pipelines.isSynced() ? Optional.empty() : Optional.of("the pipelines were not heard of yet");
    }

    private double expiry() {
        return served.certificate()
                .map(c -> (double) c.expires().getEpochSecond())
                .orElse(Double.NaN);
    }

    private void reloadAndRepeat() {
        vertx.executeBlocking(() -> ServingCertificate.load(settings.tlsDir()))
                .compose(this::serve)
                .onFailure(this::report)
                .onComplete(done -> vertx.setTimer(RELOAD_MILLIS, again -> reloadAndRepeat()));
    }

    private Future<Void> serve(ServingCertificate certificate) {
        if (!certificate.isSameAs(served.certificate().orElse(null))) {
            served.replace(certificate);
            lastProblem = "";
            LOG.log(Level.INFO, "serving a certificate that expires at " + certificate.expires());
        }
        return port != 0
                ? Future.succeededFuture()
                : admission
                        .start(settings.port(), served)
                        .onSuccess(actual -> port = actual)
                        .mapEmpty();
    }

    /** A certificate that stays away or broken is reported once, and the one before is served on. */
    private void report(Throwable problem) {
        String message = problem instanceof IOException
                ? problem.toString()
                : problem.getClass().getName();
        if (!message.equals(lastProblem)) {
            lastProblem = message;
            LOG.log(Level.WARNING, "no new certificate is served: " + message);
        }
    }
}
