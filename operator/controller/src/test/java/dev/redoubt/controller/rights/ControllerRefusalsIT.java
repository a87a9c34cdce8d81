package dev.redoubt.controller.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody with the controller's token is refused by an API server that enforces the chart's roles. */
class ControllerRefusalsIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static final String FOREIGN = "foreign-to-the-operator";
    private static final String FOREIGN_SECRET = "of-somebody-else";

    private static KubernetesClient account;
    private static Deployment deployment;
    private static Pod pod;

    @BeforeAll
    static void install() {
        KubernetesClient admin = SERVER.client();
        RunningOperator.install(admin);
        ChartRights.forNamespace(SERVER.namespace()).install(admin);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(FOREIGN)
                        .endMetadata()
                        .build())
                .create();
        secret(admin, FOREIGN);
        secret(admin, ChartRights.OPERATOR_NAMESPACE);
        deployment = new Cluster(admin).chroma("chroma", 1);
        pod = new Cluster(admin).unguarded(deployment);
        account = ChartRights.clientOf("redoubt-controller", admin, new RecordedRequests());
    }

    @AfterAll
    static void close() {
        account.close();
    }

    @Test
    void theSecretsOfTheClusterCannotBeRead() {
        assertRefused(() -> account.secrets().inAnyNamespace().list());
        assertRefused(() ->
                account.secrets().inNamespace(FOREIGN).withName(FOREIGN_SECRET).get());
        assertRefused(() -> account.secrets().inNamespace(FOREIGN).list());
    }

    @Test
    void ofItsOwnNamespaceTheControllerReadsItsOwnSecretsAlone() {
        assertRefused(() -> account.secrets()
                .inNamespace(ChartRights.OPERATOR_NAMESPACE)
                .withName(FOREIGN_SECRET)
                .get());
        assertRefused(() ->
                account.secrets().inNamespace(ChartRights.OPERATOR_NAMESPACE).list());
    }

    @Test
    void aWorkloadCannotBeWritten() {
        assertRefused(() -> account.resource(deployment).delete());
        assertRefused(() -> new Cluster(account).merge(deployment, "{\"spec\": {\"replicas\": 0}}"));
        assertRefused(() -> new Cluster(account).chroma("mine", 1));
        assertRefused(() -> account.resource(pod).delete());
        assertRefused(() -> new Cluster(account).unguarded(deployment));
    }

    /** What has no test of its own above, asked of the authorizer. */
    @ParameterizedTest(name = "{0} {1}.{2}")
    @CsvSource(
            nullValues = "core",
            value = {
                "create, pods/exec, core",
                "create, pods/portforward, core",
                "update, pods/ephemeralcontainers, core",
                "create, serviceaccounts/token, core",
                "create, rolebindings, rbac.authorization.k8s.io",
                "create, roles, rbac.authorization.k8s.io",
                "update, statefulsets, apps",
                "create, daemonsets, apps",
                "create, ragpipelines, redoubt.dev",
                "delete, ragpipelines, redoubt.dev",
                "update, redactionpolicies, redoubt.dev",
                "update, leakagetests, redoubt.dev",
                "deletecollection, secrets, core",
                "list, nodes, core",
                "create, mutatingwebhookconfigurations, admissionregistration.k8s.io",
                "update, validatingadmissionpolicies, admissionregistration.k8s.io",
            })
    void inAGuardedNamespaceItHasNoRightTo(String verb, String resource, String group) {
        String[] parts = resource.split("/");
        boolean allowed = account.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(SERVER.namespace())
                        .withVerb(verb)
                        .withGroup(group == null ? "" : group)
                        .withResource(parts[0])
                        .withSubresource(parts.length > 1 ? parts[1] : null)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed();

        assertThat(allowed).isFalse();
    }

    private static void secret(KubernetesClient admin, String namespace) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(FOREIGN_SECRET)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> assertThat(refusal.getCode())
                        .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN));
    }
}
