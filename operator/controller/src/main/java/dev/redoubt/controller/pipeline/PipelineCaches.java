package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.Labels;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.WorkloadReference;
import dev.redoubt.injection.Target;
import dev.redoubt.injection.WorkloadOwnership;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the reconciler of pipelines watches, and how an event finds the pipelines that it concerns. JOSDK 5.3 loses
 * events of objects that it writes itself unless {@code comparableResourceVersion} is off (java-operator-sdk #3398).
 */
final class PipelineCaches {
    private static final String BY_WORKLOAD = "workload";
    private static final String BY_POLICY = "policy";

    private final IndexedResourceCache<RagPipeline> pipelines;
    private final InformerEventSource<RagPipeline, RagPipeline> rivals;
    private final InformerEventSource<RedactionPolicy, RagPipeline> policies;
    private final InformerEventSource<Service, RagPipeline> services;
    private final InformerEventSource<LeakageTest, RagPipeline> tests;
    private final InformerEventSource<ConfigMap, RagPipeline> configMaps;
    private final InformerEventSource<Secret, RagPipeline> secrets;
    private final NamedSecrets named;
    private final InformerEventSource<NetworkPolicy, RagPipeline> networkPolicies;
    private final InformerEventSource<Deployment, RagPipeline> deployments;
    private final InformerEventSource<StatefulSet, RagPipeline> statefulSets;
    private final InformerEventSource<DaemonSet, RagPipeline> daemonSets;
    private final InformerEventSource<Pod, RagPipeline> pods;

    PipelineCaches(EventSourceContext<RagPipeline> context) {
        pipelines = context.getPrimaryCache();
        context.getPrimaryCache().addIndexer(BY_WORKLOAD, PipelineCaches::workloadKeys);
        context.getPrimaryCache().addIndexer(BY_POLICY, PipelineCaches::policyKeys);
        rivals = watch(context, RagPipeline.class, null, this::rivalsOf);
        policies = watch(context, RedactionPolicy.class, null, policy -> by(BY_POLICY, policyKey(policy)));
        services = watch(context, Service.class, null, this::askingOf);
        tests = watch(context, LeakageTest.class, null, PipelineCaches::pipelineOf);
        configMaps = watch(context, ConfigMap.class, Labels.SELECTOR, PipelineCaches::labelled);
        secrets = watch(context, Secret.class, Labels.SELECTOR, PipelineCaches::labelled);
        named = new NamedSecrets(context.getClient());
        networkPolicies = watch(context, NetworkPolicy.class, Labels.SELECTOR, PipelineCaches::labelled);
        deployments = watch(context, Deployment.class, null, of(WorkloadReference.Kind.DEPLOYMENT));
        statefulSets = watch(context, StatefulSet.class, null, of(WorkloadReference.Kind.STATEFUL_SET));
        daemonSets = watch(context, DaemonSet.class, null, of(WorkloadReference.Kind.DAEMON_SET));
        pods = watch(context, Pod.class, null, pod -> WorkloadOwnership.of(pod)
                .map(workload -> by(BY_WORKLOAD, key(pod.getMetadata().getNamespace(), workload)))
                .orElseGet(Set::of));
        pods.addIndexers(Map.of(BY_WORKLOAD, pod -> WorkloadOwnership.of(pod)
                .map(workload -> List.of(key(pod.getMetadata().getNamespace(), workload)))
                .orElseGet(List::of)));
    }

    List<EventSource<?, RagPipeline>> eventSources() {
        return List.of(
                rivals,
                policies,
                services,
                tests,
                configMaps,
                secrets,
                named,
                networkPolicies,
                deployments,
                statefulSets,
                daemonSets,
                pods);
    }

    /** All pipelines of all watched namespaces, and this one as it was handed to its reconciler. */
    List<RagPipeline> pipelines(RagPipeline current) {
        String uid = current.getMetadata().getUid();
        return Stream.concat(
                        pipelines.list(other -> !uid.equals(other.getMetadata().getUid())), Stream.of(current))
                .toList();
    }

    PipelineSnapshot snapshot(RagPipeline pipeline) {
        String namespace = pipeline.getMetadata().getNamespace();
        String name = pipeline.getMetadata().getName();
        List<WorkloadReference> workloads =
                Target.of(pipeline).stream().map(Target::workload).distinct().toList();
        return new PipelineSnapshot(
                pipelines(pipeline),
                byName(policies.list(namespace, any -> true)),
                byName(services.list(namespace, any -> true)),
                tests.list(
                                namespace,
                                test -> test.getMetadata().getDeletionTimestamp() == null
                                        && test.getSpec() != null
                                        && test.getSpec().pipeline().name().equals(name))
                        .toList(),
                byName(configMaps.list(namespace, object -> belongs(object, name))),
                byName(secrets.list(namespace, object -> belongs(object, name))),
                named.of(pipeline),
                byName(networkPolicies.list(namespace, object -> belongs(object, name))),
                workloads.stream()
                        .flatMap(workload ->
                                workload(namespace, workload).map(found -> Map.entry(workload, found)).stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                workloads.stream()
                        .collect(Collectors.toMap(
                                Function.identity(), workload -> pods.byIndex(BY_WORKLOAD, key(namespace, workload)))));
    }

    /** A pipeline is gone: what it alone asked to watch is watched no longer. */
    void forget(RagPipeline pipeline) {
        named.forget(pipeline);
    }

    private Optional<Workload> workload(String namespace, WorkloadReference reference) {
        ResourceID id = new ResourceID(reference.name(), namespace);
        return switch (reference.kind()) {
            case DEPLOYMENT ->
                deployments
                        .get(id)
                        .map(found -> new Workload(
                                found.getSpec().getSelector(),
                                Objects.requireNonNullElse(found.getSpec().getReplicas(), 1)));
            case STATEFUL_SET ->
                statefulSets
                        .get(id)
                        .map(found -> new Workload(
                                found.getSpec().getSelector(),
                                Objects.requireNonNullElse(found.getSpec().getReplicas(), 1)));
            case DAEMON_SET ->
                daemonSets
                        .get(id)
                        .map(found -> new Workload(
                                found.getSpec().getSelector(),
                                found.getStatus() == null
                                        ? 0
                                        : Objects.requireNonNullElse(
                                                found.getStatus().getDesiredNumberScheduled(), 0)));
        };
    }

    private <R extends HasMetadata> InformerEventSource<R, RagPipeline> watch(
            EventSourceContext<RagPipeline> context,
            Class<R> type,
            String selector,
            SecondaryToPrimaryMapper<R> mapper) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, RagPipeline.class)
                        .withName(type.getSimpleName().toLowerCase(Locale.ROOT))
                        .withLabelSelector(selector)
                        .withSecondaryToPrimaryMapper(mapper)
                        .withNamespacesInheritedFromController()
                        .withComparableResourceVersion(false)
                        .build(),
                context);
    }

    private <R extends HasMetadata> SecondaryToPrimaryMapper<R> of(WorkloadReference.Kind kind) {
        return workload -> by(
                BY_WORKLOAD,
                key(
                        workload.getMetadata().getNamespace(),
                        new WorkloadReference(kind, workload.getMetadata().getName())));
    }

    /** Other pipelines that name a workload of this one: they take over, or give way, when it changes. */
    private Set<ResourceID> rivalsOf(RagPipeline pipeline) {
        ResourceID self = ResourceID.fromResource(pipeline);
        return workloadKeys(pipeline).stream()
                .flatMap(key -> by(BY_WORKLOAD, key).stream())
                .filter(id -> !id.equals(self))
                .collect(Collectors.toSet());
    }

    /** The pipelines whose policies have a recogniser behind a Service. */
    private Set<ResourceID> askingOf(Service service) {
        String name = service.getMetadata().getName();
        return policies.list(service.getMetadata().getNamespace(), policy -> asks(policy, name))
                .flatMap(policy -> by(BY_POLICY, policyKey(policy)).stream())
                .collect(Collectors.toSet());
    }

    private static boolean asks(RedactionPolicy policy, String service) {
        return policy.getSpec() != null
                && policy.getSpec().recognizers().stream()
                        .anyMatch(recognizer -> recognizer.service() != null
                                && service.equals(recognizer.service().name()));
    }

    private Set<ResourceID> by(String index, String key) {
        return pipelines.byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> labelled(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String pipeline = labels == null ? null : labels.get(Labels.PIPELINE);
        return pipeline == null
                ? Set.of()
                : Set.of(new ResourceID(pipeline, object.getMetadata().getNamespace()));
    }

    private static Set<ResourceID> pipelineOf(LeakageTest test) {
        return test.getSpec() == null
                ? Set.of()
                : Set.of(new ResourceID(
                        test.getSpec().pipeline().name(), test.getMetadata().getNamespace()));
    }

    private static boolean belongs(HasMetadata object, String pipeline) {
        return pipeline.equals(object.getMetadata().getLabels().get(Labels.PIPELINE));
    }

    private static List<String> workloadKeys(RagPipeline pipeline) {
        return Target.of(pipeline).stream()
                .map(target -> key(target.namespace(), target.workload()))
                .distinct()
                .toList();
    }

    private static List<String> policyKeys(RagPipeline pipeline) {
        return pipeline.getSpec() == null
                ? List.of()
                : pipeline.getSpec().redactionPolicies().stream()
                        .map(reference -> pipeline.getMetadata().getNamespace() + "/" + reference.name())
                        .toList();
    }

    private static String policyKey(RedactionPolicy policy) {
        return policy.getMetadata().getNamespace() + "/" + policy.getMetadata().getName();
    }

    private static String key(String namespace, WorkloadReference workload) {
        return namespace + "/" + workload.kind() + "/" + workload.name();
    }

    private static <R extends HasMetadata> Map<String, R> byName(Stream<R> objects) {
        Map<String, R> byName = new TreeMap<>();
        objects.forEach(object -> byName.put(object.getMetadata().getName(), object));
        return byName;
    }
}
