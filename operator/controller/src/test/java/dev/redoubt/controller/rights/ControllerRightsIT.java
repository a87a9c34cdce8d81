package dev.redoubt.controller.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The controller as the chart's ServiceAccount, on an API server that enforces the chart's roles. The life of a guarded
 * pipeline and of its leakage test shows that the rights suffice; what was asked for shows which of them are needed.
 */
class ControllerRightsIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static final String ACCOUNT = "redoubt-controller";

    /** Rights for what happens to no operator in a test, and why they are there. */
    private static final Map<String, String> RARE = Map.of(
            "get configmaps", "somebody made the ConfigMap between the look into the cache and the creation",
            "get networkpolicies.networking.k8s.io", "the same for a NetworkPolicy",
            "get cronjobs.batch", "the same for a CronJob",
            "get jobs.batch", "the same for a Job",
            "get ragpipelines.redoubt.dev", "the finaliser is removed while somebody else writes",
            "update secrets", "the webhook's certificate is renewed after months",
            "update leases.coordination.k8s.io", "the operator SDK demands it of whoever stands for election");

    private static final RecordedRequests REQUESTS = new RecordedRequests();
    private static ChartRights rights;

    @BeforeAll
    static void liveThroughEverything() {
        KubernetesClient admin = SERVER.client();
        RunningOperator.install(admin);
        rights = ChartRights.forNamespace(SERVER.namespace());
        rights.install(admin);
        try (KubernetesClient account = ChartRights.clientOf(ACCOUNT, admin, REQUESTS);
                RunningOperator operator = RunningOperator.replica(account, "rights", SERVER.namespace())) {
            operator.authorities().ensureWebhookCertificate();
            new WholeLife(admin, operator).live();
        }
    }

    @Test
    void nothingThatTheControllerDoesIsRefused() {
        assertThat(REQUESTS.refused()).isEmpty();
    }

    @Test
    void everyRightIsOneThatTheControllerUses() {
        List<ChartRights.Right> granted = rights.rightsOf(ACCOUNT);
        assertThat(granted).isNotEmpty();
        assertThat(granted.stream()
                        .filter(right -> REQUESTS.asked().stream().noneMatch(right::covers))
                        .filter(right -> !RARE.containsKey(right.verbAndResource())))
                .as("rights to be taken out of charts/redoubt/templates/controller-rbac.yaml")
                .isEmpty();
    }
}
