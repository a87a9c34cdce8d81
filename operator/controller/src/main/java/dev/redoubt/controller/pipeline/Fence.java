package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.ObjectNames;
import dev.redoubt.controller.OwnerReferences;
import dev.redoubt.crds.Network;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RagPipelineSpec;
import dev.redoubt.injection.GuardContainer;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The fence of a target: NetworkPolicies that close the workload's pods and open the guarded ports of those that carry
 * the guard. What the API server would fill in is written out, so that policies that were stored compare equal.
 */
public final class Fence {
    /** Namespaces with this label, {@value #SCRAPE}, may read the guards' metrics. */
    public static final String METRICS_LABEL = "redoubt.dev/metrics";

    /** Value of {@link #METRICS_LABEL}. */
    public static final String SCRAPE = "scrape";

    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
    private static final String DNS_NAMESPACE = "kube-system";

    /** Where caches of DNS listen on the node. */
    private static final String LINK_LOCAL = "169.254.0.0/16";

    private static final int DNS_PORT = 53;

    private Fence() {}

    /** Whether a pipeline asks for a fence: one that only observes refuses nothing, on the network either. */
    public static boolean requested(RagPipelineSpec spec) {
        return spec.network().isolation() == Network.Isolation.ENFORCED && spec.mode() == RagPipelineSpec.Mode.ENFORCE;
    }

    /**
     * The policies of a target.
     *
     * @param workload the workload; while there is none, there is nothing to close
     * @param ports guarded ports
     * @param recognizers what guards ask
     * @param operatorNamespace whence the admin port is reached
     */
    static List<NetworkPolicy> desired(
            RagPipeline pipeline,
            Target target,
            Optional<Workload> workload,
            Collection<Integer> ports,
            List<RecognizerService> recognizers,
            String operatorNamespace) {
        if (!requested(pipeline.getSpec())) {
            return List.of();
        }
        List<NetworkPolicy> policies = new ArrayList<>();
        policies.add(policy(pipeline, target, "allow", allow(target, ports, operatorNamespace)));
        workload.ifPresent(present -> {
            policies.add(policy(pipeline, target, "deny", deny(present.selector())));
            policies.add(policy(pipeline, target, "egress", egress(present.selector(), recognizers)));
        });
        return policies;
    }

    private static NetworkPolicySpec deny(LabelSelector pods) {
        return new NetworkPolicySpecBuilder()
                .withPodSelector(pods)
                .withPolicyTypes("Ingress")
                .build();
    }

    private static NetworkPolicySpec allow(Target target, Collection<Integer> ports, String operatorNamespace) {
        return new NetworkPolicySpecBuilder()
                .withNewPodSelector()
                .addToMatchLabels(GuardContainer.LABEL, target.guardLabel())
                .endPodSelector()
                .withPolicyTypes("Ingress")
                // from everywhere: the guard knows its clients by their keys
                .addNewIngress()
                .withPorts(ports.stream()
                        .distinct()
                        .sorted()
                        .map(port -> port("TCP", port))
                        .toList())
                .endIngress()
                .addNewIngress()
                .withPorts(port("TCP", GuardContainer.ADMIN_PORT))
                .withFrom(namespace(NAMESPACE_NAME, operatorNamespace))
                .endIngress()
                .addNewIngress()
                .withPorts(port("TCP", GuardContainer.HEALTH_PORT))
                .withFrom(namespace(NAMESPACE_NAME, target.namespace()), namespace(METRICS_LABEL, SCRAPE))
                .endIngress()
                .build();
    }

    private static NetworkPolicySpec egress(LabelSelector pods, List<RecognizerService> recognizers) {
        return new NetworkPolicySpecBuilder()
                .withPodSelector(pods)
                .withPolicyTypes("Egress")
                .addNewEgress()
                .withPorts(port("UDP", DNS_PORT), port("TCP", DNS_PORT))
                .withTo(
                        namespace(NAMESPACE_NAME, DNS_NAMESPACE),
                        new NetworkPolicyPeerBuilder()
                                .withNewIpBlock()
                                .withCidr(LINK_LOCAL)
                                .endIpBlock()
                                .build())
                .endEgress()
                .addNewEgress()
                .withTo(new NetworkPolicyPeerBuilder().withPodSelector(pods).build())
                .endEgress()
                .addAllToEgress(recognizers.stream()
                        .sorted(Comparator.comparing((RecognizerService asked) ->
                                        asked.recognizer().host())
                                .thenComparing(asked -> asked.recognizer().port()))
                        .map(Fence::to)
                        .distinct()
                        .toList())
                .build();
    }

    private static NetworkPolicyEgressRule to(RecognizerService asked) {
        return new NetworkPolicyEgressRuleBuilder()
                .withPorts(new NetworkPolicyPortBuilder()
                        .withProtocol("TCP")
                        .withPort(asked.port())
                        .build())
                .withTo(new NetworkPolicyPeerBuilder()
                        .withPodSelector(new LabelSelectorBuilder()
                                .withMatchLabels(asked.selector())
                                .build())
                        .build())
                .build();
    }

    /** Whether a policy that is there says where the same pods may go as another one does. */
    static boolean leadsOut(NetworkPolicy before, NetworkPolicy other) {
        return before.getSpec().getPolicyTypes().contains("Egress")
                && before.getSpec().getPodSelector().equals(other.getSpec().getPodSelector());
    }

    private static NetworkPolicy policy(RagPipeline pipeline, Target target, String role, NetworkPolicySpec spec) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(target.namespace())
                .withName(ObjectNames.networkPolicy(target.pipeline(), target.name(), role))
                .withLabels(Labels.ofTarget(target.pipeline(), target.name()))
                .withOwnerReferences(OwnerReferences.controller(pipeline))
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private static NetworkPolicyPeer namespace(String label, String value) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(new LabelSelectorBuilder()
                        .addToMatchLabels(label, value)
                        .build())
                .build();
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(port))
                .build();
    }
}
