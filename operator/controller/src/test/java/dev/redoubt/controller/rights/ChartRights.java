package dev.redoubt.controller.rights;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The RBAC objects that the chart renders, out of {@code manifests/install.yaml}, which a test of that module holds
 * equal to the chart.
 */
final class ChartRights {
    /** Namespace of the operator. */
    static final String OPERATOR_NAMESPACE = "redoubt-system";

    /** Namespace that is guarded in the rendered file. */
    private static final String GUARDED_NAMESPACE = "rag";

    private static final Set<Class<?>> RBAC =
            Set.of(Role.class, RoleBinding.class, ClusterRole.class, ClusterRoleBinding.class);

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final List<HasMetadata> objects;

    private ChartRights(List<HasMetadata> objects) {
        this.objects = objects;
    }

    /** Reads them, as they are for one guarded namespace. */
    static ChartRights forNamespace(String namespace) {
        Path file = Path.of(System.getProperty("redoubt.root", "../..")).resolve("manifests/install.yaml");
        List<HasMetadata> objects = new ArrayList<>();
        try {
            for (String document : Files.readString(file).split("(?m)^---\\s*$")) {
                Object object = document.contains("\nkind:") ? SERIALIZATION.unmarshal(document) : null;
                if (object instanceof HasMetadata found && RBAC.contains(found.getClass())) {
                    if (GUARDED_NAMESPACE.equals(found.getMetadata().getNamespace())) {
                        found.getMetadata().setNamespace(namespace);
                    }
                    objects.add(found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ChartRights(objects);
    }

    /** Creates or replaces them. */
    void install(KubernetesClient admin) {
        objects.forEach(object -> admin.resource(object).serverSideApply());
    }

    /**
     * A client that acts as a ServiceAccount of the operator's namespace; close it.
     *
     * @param admin reaches the same API server
     */
    static KubernetesClient clientOf(String account, KubernetesClient admin, Interceptor interceptor) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(admin.getConfiguration())
                        .withImpersonateUsername("system:serviceaccount:" + OPERATOR_NAMESPACE + ":" + account)
                        .withImpersonateGroups(
                                "system:serviceaccounts",
                                "system:serviceaccounts:" + OPERATOR_NAMESPACE,
                                "system:authenticated")
                        .build())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("test", interceptor))
                .build();
    }

    <T extends HasMetadata> List<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * The rights of a ServiceAccount of the operator's namespace.
     *
     * @param account its name
     */
    List<Right> rightsOf(String account) {
        List<Right> rights = new ArrayList<>();
        for (RoleBinding binding : of(RoleBinding.class)) {
            if (binds(binding.getSubjects(), account)) {
                String namespace = binding.getMetadata().getNamespace();
                rules(binding.getRoleRef(), namespace).forEach(rule -> add(rights, namespace, rule));
            }
        }
        for (ClusterRoleBinding binding : of(ClusterRoleBinding.class)) {
            if (binds(binding.getSubjects(), account)) {
                rules(binding.getRoleRef(), "").forEach(rule -> add(rights, "", rule));
            }
        }
        return rights;
    }

    private List<PolicyRule> rules(RoleRef reference, String namespace) {
        return reference.getKind().equals("ClusterRole")
                ? of(ClusterRole.class).stream()
                        .filter(role -> role.getMetadata().getName().equals(reference.getName()))
                        .flatMap(role -> role.getRules().stream())
                        .toList()
                : of(Role.class).stream()
                        .filter(role -> role.getMetadata().getName().equals(reference.getName())
                                && role.getMetadata().getNamespace().equals(namespace))
                        .flatMap(role -> role.getRules().stream())
                        .toList();
    }

    private static boolean binds(List<Subject> subjects, String account) {
        return subjects.stream()
                .anyMatch(subject -> subject.getKind().equals("ServiceAccount")
                        && subject.getName().equals(account)
                        && subject.getNamespace().equals(OPERATOR_NAMESPACE));
    }

    private static void add(List<Right> rights, String namespace, PolicyRule rule) {
        for (String group : rule.getApiGroups()) {
            for (String resource : rule.getResources()) {
                for (String verb : rule.getVerbs()) {
                    rights.add(new Right(verb, group, resource, namespace, Set.copyOf(rule.getResourceNames())));
                }
            }
        }
    }

    /**
     * One verb on one resource.
     *
     * @param namespace empty for a right in the whole cluster
     * @param names the only objects that it is about; empty for all
     */
    record Right(String verb, String group, String resource, String namespace, Set<String> names) {
        boolean covers(ApiRequest request) {
            return verb.equals(request.verb())
                    && group.equals(request.group())
                    && resource.equals(request.resource())
                    && (namespace.isEmpty() || namespace.equals(request.namespace()))
                    && (names.isEmpty() || names.contains(request.name()));
        }

        String verbAndResource() {
            return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
        }
    }
}
