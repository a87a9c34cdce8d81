package dev.redoubt.injection;

import dev.redoubt.crds.RagPipeline;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchConditionBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The entries of the MutatingWebhookConfiguration {@value #CONFIGURATION}: one for each workload that a pipeline holds,
 * which matches the pods of that workload alone. So all other pods are created as ever while the webhook is down, and a
 * workload is armed before it exists. What the API server would fill in is written out, so that entries that were
 * stored compare equal.
 *
 * @param serviceNamespace namespace of the webhook's Service, which is the operator's; nothing in it is guarded
 * @param serviceName name of the webhook's Service
 * @param caBundle base64 of the PEM certificates that the webhook's certificate is verified with
 */
public record GuardWebhooks(String serviceNamespace, String serviceName, String caBundle) {
    /** Name of the configuration, which the chart makes and the controller fills. */
    public static final String CONFIGURATION = "redoubt-pods";

    private static final int SERVICE_PORT = 443;
    private static final int TIMEOUT_SECONDS = 5;
    private static final String NAME_SUFFIX = ".pods.redoubt.dev";
    private static final int MAX_NAME = 253;

    public GuardWebhooks {
        Objects.requireNonNull(serviceNamespace, "serviceNamespace");
        Objects.requireNonNull(serviceName, "serviceName");
        Objects.requireNonNull(caBundle, "caBundle");
    }

    /** The entries for these pipelines, of any namespaces, ordered by name. */
    public List<MutatingWebhook> entries(Collection<RagPipeline> pipelines) {
        return Claims.of(pipelines).holders().stream()
                .filter(target -> !target.namespace().equals(serviceNamespace))
                .map(this::entry)
                .sorted(Comparator.comparing(MutatingWebhook::getName))
                .toList();
    }

    /** The path by which the API server asks about pods of a target. */
    static String path(Target target) {
        return "/mutate/" + target.namespace() + "/" + target.pipeline() + "/" + target.name();
    }

    private MutatingWebhook entry(Target target) {
        String name = target.name() + "." + target.pipeline() + "." + target.namespace();
        return new MutatingWebhookBuilder()
                .withName(BoundedName.of(name, MAX_NAME - NAME_SUFFIX.length()) + NAME_SUFFIX)
                .withAdmissionReviewVersions("v1")
                .withNewClientConfig()
                .withCaBundle(caBundle)
                .withNewService()
                .withNamespace(serviceNamespace)
                .withName(serviceName)
                .withPath(path(target))
                .withPort(SERVICE_PORT)
                .endService()
                .endClientConfig()
                .withFailurePolicy("Fail")
                .withMatchPolicy("Equivalent")
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", target.namespace())
                .endNamespaceSelector()
                .withNewObjectSelector()
                .endObjectSelector()
                .withMatchConditions(new MatchConditionBuilder()
                        .withName("owner")
                        .withExpression(WorkloadOwnership.matchCondition(target.workload()))
                        .build())
                .withReinvocationPolicy("IfNeeded")
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .withScope("Namespaced")
                .endRule()
                .withSideEffects("None")
                .withTimeoutSeconds(TIMEOUT_SECONDS)
                .build();
    }
}
