package dev.redoubt.controller.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the rendered roles say, without a cluster: each test names the hole that it keeps closed. */
class ChartRightsTest {
    private static final Set<String> WRITES =
            Set.of("create", "update", "patch", "delete", "deletecollection", "escalate", "bind", "impersonate");

    private final ChartRights chart = ChartRights.forNamespace("rag");

    @Test
    void aStolenTokenOfTheOperatorReadsNoSecretsOfTheCluster() {
        assertThat(chart.of(ClusterRole.class))
                .isNotEmpty()
                .flatExtracting(ClusterRole::getRules)
                .noneMatch(rule -> rule.getResources().contains("secrets"));
    }

    @Test
    void aRightInTheWholeClusterIsAboutTheOneNamedWebhookConfiguration() {
        assertThat(chart.of(ClusterRole.class))
                .flatExtracting(ClusterRole::getRules)
                .allSatisfy(rule -> {
                    assertThat(rule.getResources()).containsExactly("mutatingwebhookconfigurations");
                    assertThat(rule.getResourceNames()).containsExactly("redoubt-pods");
                });
    }

    @Test
    void aKindThatIsAddedToAGroupLaterIsNotGrantedByAWildcard() {
        assertThat(allRules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getVerbs()).isNotEmpty().doesNotContain("*");
            assertThat(rule.getResources()).isNotEmpty().noneMatch(resource -> resource.contains("*"));
            assertThat(rule.getApiGroups()).isNotEmpty().doesNotContain("*");
        });
    }

    @Test
    void theOperatorCannotGiveItselfMoreRights() {
        assertThat(allRules())
                .noneMatch(rule -> rule.getApiGroups().contains("rbac.authorization.k8s.io"))
                .noneMatch(rule -> rule.getResources().contains("serviceaccounts/token"))
                .noneMatch(
                        rule -> rule.getVerbs().stream().anyMatch(Set.of("escalate", "bind", "impersonate")::contains));
    }

    @Test
    void theOperatorWritesNoWorkloadAndRunsNothingInAPod() {
        assertThat(allRules())
                .filteredOn(rule -> rule.getVerbs().stream().anyMatch(WRITES::contains))
                .flatExtracting(PolicyRule::getResources)
                .doesNotContain(
                        "deployments",
                        "statefulsets",
                        "daemonsets",
                        "replicasets",
                        "pods",
                        "pods/exec",
                        "pods/attach",
                        "pods/portforward",
                        "pods/ephemeralcontainers");
    }

    @Test
    void inItsOwnNamespaceTheOperatorReadsNoSecretsButItsTwo() {
        List<PolicyRule> own = chart.of(Role.class).stream()
                .filter(role -> role.getMetadata().getNamespace().equals(ChartRights.OPERATOR_NAMESPACE))
                .flatMap(role -> role.getRules().stream())
                .filter(rule -> rule.getResources().contains("secrets"))
                .toList();

        assertThat(own)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.getVerbs()).doesNotContain("list", "watch"))
                .filteredOn(rule -> !rule.getVerbs().equals(List.of("create")))
                .allSatisfy(rule -> assertThat(rule.getResourceNames())
                        .containsExactlyInAnyOrder("redoubt-ca", "redoubt-webhook-tls"));
    }

    @Test
    void theWebhookReadsPipelinesAndNothingElse() {
        assertThat(chart.rightsOf("redoubt-webhook")).isNotEmpty().allSatisfy(right -> {
            assertThat(right.resource()).isEqualTo("ragpipelines");
            assertThat(right.verb()).isIn("get", "list", "watch");
        });
    }

    @Test
    void everyRoleIsBoundToAnAccountOfTheOperatorAlone() {
        assertThat(chart.of(RoleBinding.class))
                .isNotEmpty()
                .flatExtracting(RoleBinding::getSubjects)
                .allSatisfy(subject -> {
                    assertThat(subject.getKind()).isEqualTo("ServiceAccount");
                    assertThat(subject.getNamespace()).isEqualTo(ChartRights.OPERATOR_NAMESPACE);
                });
    }

    private List<PolicyRule> allRules() {
        return Stream.concat(
                        chart.of(Role.class).stream().flatMap(role -> role.getRules().stream()),
                        chart.of(ClusterRole.class).stream().flatMap(role -> role.getRules().stream()))
                .toList();
    }
}
