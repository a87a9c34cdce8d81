package dev.redoubt.controller.redactionpolicy;

import dev.redoubt.controller.status.Conditions;
import dev.redoubt.controller.status.EventRecorder;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.PolicyReference;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.RedactionPolicyStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reconciles RedactionPolicies: tells whether guards can follow them and who uses them. Pipelines compile them. */
@ControllerConfiguration(
        name = "redactionpolicy",
        informer = @Informer(comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
public class RedactionPolicyReconciler implements Reconciler<RedactionPolicy> {
    private final EventRecorder events;
    private final Clock clock;
    private InformerEventSource<RagPipeline, RedactionPolicy> pipelines;

    public RedactionPolicyReconciler(EventRecorder events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, RedactionPolicy>> prepareEventSources(EventSourceContext<RedactionPolicy> context) {
        IndexedResourceCache<RedactionPolicy> policies = context.getPrimaryCache();
        pipelines = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(RagPipeline.class, RedactionPolicy.class)
                        .withSecondaryToPrimaryMapper(pipeline -> concerned(pipeline, policies))
                        .withNamespacesInheritedFromController()
                        .withComparableResourceVersion(false)
                        .build(),
                context);
        return List.of(pipelines);
    }

    @Override
    public UpdateControl<RedactionPolicy> reconcile(RedactionPolicy policy, Context<RedactionPolicy> context) {
        String namespace = policy.getMetadata().getNamespace();
        String name = policy.getMetadata().getName();
        List<String> usedBy = pipelines
                .list(namespace, pipeline -> names(pipeline).contains(name))
                .map(pipeline -> pipeline.getMetadata().getName())
                .sorted()
                .toList();
        List<Condition> before =
                policy.getStatus() == null ? List.of() : policy.getStatus().conditions();
        long generation = policy.getMetadata().getGeneration();
        RedactionPolicyStatus status = new RedactionPolicyStatus(
                generation,
                Conditions.of(before, List.of(ready(policy)), generation, clock),
                policy.getSpec() == null ? 0 : policy.getSpec().rules().size(),
                usedBy);
        if (status.equals(policy.getStatus())) {
            return UpdateControl.noUpdate();
        }
        events.transitions(policy, before, status.conditions());
        RedactionPolicy fresh = new RedactionPolicy();
        fresh.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        fresh.setStatus(status);
        return UpdateControl.patchStatus(fresh);
    }

    /** The condition Ready of a policy. */
    static Finding ready(RedactionPolicy policy) {
        try {
            RedactionCompiler.compile(List.of(policy));
            return Finding.yes(ConditionType.READY, ConditionReason.VALID, "Guards can follow this policy");
        } catch (InvalidPolicyException e) {
            return Finding.no(ConditionType.READY, ConditionReason.POLICY_INVALID, e.getMessage());
        }
    }

    /** The policies that a pipeline names, and those that believe that it does. */
    private static Set<ResourceID> concerned(RagPipeline pipeline, IndexedResourceCache<RedactionPolicy> policies) {
        String namespace = pipeline.getMetadata().getNamespace();
        String name = pipeline.getMetadata().getName();
        Stream<ResourceID> named = names(pipeline).stream().map(policy -> new ResourceID(policy, namespace));
        Stream<ResourceID> believing = policies.list(
                        namespace,
                        policy -> policy.getStatus() != null
                                && policy.getStatus().usedBy().contains(name))
                .map(ResourceID::fromResource);
        return Stream.concat(named, believing).collect(Collectors.toSet());
    }

    private static Set<String> names(RagPipeline pipeline) {
        return pipeline.getSpec() == null
                ? Set.of()
                : pipeline.getSpec().redactionPolicies().stream()
                        .map(PolicyReference::name)
                        .collect(Collectors.toSet());
    }
}
