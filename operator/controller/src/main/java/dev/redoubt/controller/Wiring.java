package dev.redoubt.controller;

import dev.redoubt.controller.guard.CaptureProbe;
import dev.redoubt.controller.guard.GuardAdmin;
import dev.redoubt.controller.pki.AuthorityStore;
import dev.redoubt.controller.status.EventRecorder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the parts that the reconcilers share. */
@Singleton
public class Wiring {
    private static final String LEASE = "redoubt-controller";

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    AuthorityStore authorities(KubernetesClient client, Settings settings, Clock clock) {
        return new AuthorityStore(client, settings.operatorNamespace(), clock);
    }

    @Produces
    @Singleton
    GuardAdmin guardAdmin(Vertx vertx, AuthorityStore authorities, Clock clock) {
        return new GuardAdmin(vertx, authorities, clock);
    }

    @Produces
    @Singleton
    CaptureProbe captureProbe(Vertx vertx) {
        return new CaptureProbe(vertx);
    }

    @Produces
    @Singleton
    EventRecorder events(
            KubernetesClient client,
            Clock clock,
            @ConfigProperty(name = "pod.name", defaultValue = LEASE) String instance) {
        return new EventRecorder(client, clock, instance);
    }

    /** One replica acts at a time; another takes over when its lease has run out. */
    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(
            Settings settings, @ConfigProperty(name = "pod.name", defaultValue = LEASE) String instance) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(settings.operatorNamespace())
                .withIdentity(instance)
                .build();
    }
}
