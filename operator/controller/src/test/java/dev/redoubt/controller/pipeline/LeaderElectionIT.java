package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.controller.StatusWrites;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas of the operator with the election that the application configures. */
class LeaderElectionIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static Cluster cluster;
    private static Pipelines pipelines;

    @BeforeAll
    static void install() {
        RunningOperator.install(SERVER.client());
        cluster = new Cluster(SERVER.client());
        pipelines = new Pipelines(SERVER.client());
    }

    @Test
    void oneReplicaWritesAndTheOtherTakesOverWhenItEnds() {
        StatusWrites ofFirst = new StatusWrites();
        StatusWrites ofSecond = new StatusWrites();
        try (KubernetesClient firstClient = ofFirst.client(SERVER.client());
                KubernetesClient secondClient = ofSecond.client(SERVER.client())) {
            RunningOperator first = RunningOperator.replica(firstClient, "first", SERVER.namespace());
            soon().until(() -> "first".equals(holder()));
            try (RunningOperator second = RunningOperator.replica(secondClient, "second", SERVER.namespace())) {
                RagPipeline before = cluster.pipeline("before", "before", "");
                pipelines.awaitReady(before, ConditionReason.ARMED);
                assertThat(ofFirst.reconciliations()).isPositive();
                assertThat(ofSecond.reconciliations())
                        .as("the second watches and does nothing")
                        .isZero();

                first.close();

                RagPipeline after = cluster.pipeline("after", "after", "");
                // the lease of a replica that ended runs out after 15 seconds
                await().atMost(Duration.ofSeconds(30)).until(() -> "second".equals(holder()));
                pipelines.awaitReady(after, ConditionReason.ARMED);
                assertThat(ofSecond.reconciliations()).isPositive();
            }
        }
    }

    private static String holder() {
        var lease = SERVER.client()
                .leases()
                .inNamespace(RunningOperator.NAMESPACE)
                .withName("redoubt-controller")
                .get();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }
}
