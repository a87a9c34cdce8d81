package dev.redoubt.controller;

import dev.redoubt.controller.guard.CaptureProbe;
import dev.redoubt.controller.guard.GuardAdmin;
import dev.redoubt.controller.keys.KeyFactory;
import dev.redoubt.controller.leakagetest.LeakageTestReconciler;
import dev.redoubt.controller.pipeline.RagPipelineReconciler;
import dev.redoubt.controller.pki.AuthorityStore;
import dev.redoubt.controller.redactionpolicy.RedactionPolicyReconciler;
import dev.redoubt.controller.status.EventRecorder;
import dev.redoubt.injection.GuardWebhooks;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** The controllers in this JVM, on a real API server, put together as the application does. */
public final class RunningOperator implements AutoCloseable {
    public static final String NAMESPACE = "redoubt-system";
    public static final String GUARD_IMAGE = "redoubt.local/redoubt-guard@sha256:" + "0".repeat(64);
    public static final String PROBE_IMAGE = "redoubt.local/redoubt-probe@sha256:" + "1".repeat(64);

    private static final int STARTS = 3;

    private final Vertx vertx = Vertx.vertx();
    private final AuthorityStore authorities;
    private final Optional<LeaderElectionConfiguration> election;
    private final Operator operator;

    /**
     * An operator that acts without an election.
     *
     * @param client the operator's client, which keeps open
     * @param namespaces what is watched
     */
    public RunningOperator(KubernetesClient client, String... namespaces) {
        this(client, Optional.empty(), namespaces);
    }

    /**
     * An operator that acts while it holds the lease, as the installed one does.
     *
     * @param replica its name among the replicas
     */
    public static RunningOperator replica(KubernetesClient client, String replica, String... namespaces) {
        return new RunningOperator(client, Optional.of(replica), namespaces);
    }

    private RunningOperator(KubernetesClient client, Optional<String> replica, String... namespaces) {
        Clock clock = Clock.systemUTC();
        Settings settings = new Settings(NAMESPACE, GUARD_IMAGE, PROBE_IMAGE);
        authorities = new AuthorityStore(client, NAMESPACE, clock);
        EventRecorder events = new EventRecorder(client, clock, "test");
        election = replica.map(name -> staying(new Wiring().leaderElection(settings, name)));
        operator = start(client, clock, settings, events, namespaces);
    }

    /**
     * An API server closes connections while it takes up new definitions, and an operator that cannot start its
     * informers ends. A cluster starts its container again.
     */
    private Operator start(
            KubernetesClient client, Clock clock, Settings settings, EventRecorder events, String... namespaces) {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(client, clock, settings, events, namespaces);
            } catch (OperatorException e) {
                if (attempt == STARTS) {
                    throw e;
                }
            }
        }
    }

    private Operator startOnce(
            KubernetesClient client, Clock clock, Settings settings, EventRecorder events, String... namespaces) {
        Operator operator = new Operator(overrider -> {
            overrider.withKubernetesClient(client).withCloseClientOnStop(false).withUseSSAToPatchPrimaryResource(true);
            election.ifPresent(overrider::withLeaderElectionConfiguration);
        });
        operator.register(
                new RagPipelineReconciler(
                        client,
                        settings,
                        new KeyFactory(),
                        authorities,
                        new GuardAdmin(vertx, authorities, clock),
                        new CaptureProbe(vertx),
                        events,
                        clock),
                overrider -> overrider.settingNamespaces(Set.of(namespaces)));
        operator.register(
                new RedactionPolicyReconciler(events, clock),
                overrider -> overrider.settingNamespaces(Set.of(namespaces)));
        operator.register(
                new LeakageTestReconciler(client, settings, new KeyFactory(), events, clock),
                overrider -> overrider.settingNamespaces(Set.of(namespaces)));
        operator.start();
        return operator;
    }

    /** The same election, but the end of this operator must not be the end of the JVM that the tests run in. */
    private static LeaderElectionConfiguration staying(LeaderElectionConfiguration installed) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(installed.getLeaseName())
                .withLeaseNamespace(installed.getLeaseNamespace().orElseThrow())
                .withIdentity(installed.getIdentity().orElseThrow())
                .withLeaseDuration(installed.getLeaseDuration())
                .withRenewDeadline(installed.getRenewDeadline())
                .withRetryPeriod(installed.getRetryPeriod())
                .buildForTest(false);
    }

    /** What the chart makes. */
    public static void install(KubernetesClient client) {
        if (client.namespaces().withName(NAMESPACE).get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
        }
        if (webhooks(client) == null) {
            client.resource(new MutatingWebhookConfigurationBuilder()
                            .withNewMetadata()
                            .withName(GuardWebhooks.CONFIGURATION)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    /** The webhook configuration as it is now. */
    public static io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration webhooks(
            KubernetesClient client) {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(GuardWebhooks.CONFIGURATION)
                .get();
    }

    public AuthorityStore authorities() {
        return authorities;
    }

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        operator.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
