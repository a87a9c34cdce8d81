package dev.redoubt.controller;

import dev.redoubt.controller.status.Conditions;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.InjectionDecision;
import dev.redoubt.injection.Injector;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What controllers, webhook and kubelet of a cluster would do to objects, by hand. */
public final class Cluster {
    private static final String HASH = "5d4f8c7b9";
    private static final AtomicInteger ADDRESSES = new AtomicInteger(10);
    private static final AtomicInteger PODS = new AtomicInteger();

    private final KubernetesClient client;

    public Cluster(KubernetesClient client) {
        this.client = client;
    }

    /** Creates an object from YAML in the client's namespace. */
    public <T extends HasMetadata> T create(Class<T> type, String yaml) {
        return client.resources(type)
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    /** Changes an object by a JSON merge patch. */
    public <T extends HasMetadata> T merge(T object, String patch) {
        return client.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** A Deployment of Chroma. */
    public Deployment chroma(String name, int replicas) {
        return create(
                Deployment.class,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers:
                      - name: chroma
                        image: chroma
                        args: [run, --host, 0.0.0.0, --port, "8000"]
                        ports: [{name: http, containerPort: 8000}]
                """
                        .formatted(name, replicas));
    }

    /**
     * A pipeline of one Chroma store {@code docs}, which one client {@code assistant} may query.
     *
     * @param workload name of the store's Deployment
     * @param more further YAML of the spec, at two spaces
     */
    public RagPipeline pipeline(String name, String workload, String more) {
        return create(
                RagPipeline.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RagPipeline
                metadata: {name: %s}
                spec:
                  vectorStores:
                  - {name: docs, workload: {kind: Deployment, name: %s}, engine: Chroma}
                  clients:
                  - name: assistant
                    identity: {apiKey: {}}
                    allow: [{target: docs, operations: [Query]}]
                %s
                """
                        .formatted(name, workload, more.indent(2)));
    }

    /** An address of the loopback network that nobody else has. */
    public static String address() {
        return "127.0.7." + ADDRESSES.incrementAndGet();
    }

    /** A pod as the Deployment's ReplicaSet would make it, before admission. */
    public Pod plainPod(Deployment deployment) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + HASH + "-" + PODS.incrementAndGet())
                .addToLabels(deployment.getSpec().getSelector().getMatchLabels())
                .addToLabels("pod-template-hash", HASH)
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName(deployment.getMetadata().getName() + "-" + HASH)
                .withUid("11111111-2222-3333-4444-555555555555")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(deployment.getSpec().getTemplate().getSpec())
                .build();
    }

    /** A pod that runs without a guard. */
    public Pod unguarded(Deployment deployment) {
        return running(plainPod(deployment), address());
    }

    /** A pod that went through the webhook and runs with its guard. */
    public Pod guarded(Deployment deployment, RagPipeline pipeline, String address) {
        Injector injector = new Injector(Profiles.builtIn(), RunningOperator.GUARD_IMAGE);
        InjectionDecision decision =
                injector.decide(plainPod(deployment), deployment.getMetadata().getNamespace(), List.of(pipeline));
        return running(((InjectionDecision.Inject) decision).pod(), address);
    }

    /** The owner comes after the creation: no webhook runs here that could be asked about pods of the workload. */
    private Pod running(Pod admitted, String address) {
        Pod orphan = client.resource(new PodBuilder(admitted)
                        .editMetadata()
                        .withOwnerReferences(List.of())
                        .endMetadata()
                        .build())
                .create();
        Pod pod = client.resource(orphan).edit(now -> new PodBuilder(now)
                .editMetadata()
                .withOwnerReferences(admitted.getMetadata().getOwnerReferences())
                .endMetadata()
                .build());
        PodStatus status = new PodStatusBuilder()
                .withPhase("Running")
                .withPodIP(address)
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build())
                .withInitContainerStatuses(pod.getSpec().getInitContainers().stream()
                        .map(container -> new ContainerStatusBuilder()
                                .withName(container.getName())
                                .withContainerID(
                                        "containerd://" + pod.getMetadata().getUid())
                                .withImage(container.getImage())
                                .withImageID(container.getImage())
                                .withReady(true)
                                .withStarted(true)
                                .withRestartCount(0)
                                .withNewState()
                                .withNewRunning()
                                .endRunning()
                                .endState()
                                .build())
                        .toList())
                .build();
        return client.resource(pod)
                .editStatus(old -> new PodBuilder(old).withStatus(status).build());
    }

    /** A condition of a pipeline as it is now; an Unknown one where there is none. */
    public Condition condition(RagPipeline pipeline, ConditionType type) {
        RagPipeline now = client.resource(pipeline).get();
        return now.getStatus() == null
                ? new Condition()
                : Conditions.find(now.getStatus().conditions(), type).orElseGet(Condition::new);
    }

    /** Ends a job as its controller and the kubelet would where all went well. */
    public void complete(Job job, String terminationMessage) {
        end(job, terminationMessage, true);
    }

    /** Ends a job as its controller and the kubelet would where its pod failed. */
    public void fail(Job job, String terminationMessage) {
        end(job, terminationMessage, false);
    }

    private void end(Job job, String terminationMessage, boolean complete) {
        Pod pod = client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(job.getMetadata().getNamespace())
                        .withName(job.getMetadata().getName() + "-x")
                        .addToLabels(
                                "batch.kubernetes.io/job-name",
                                job.getMetadata().getName())
                        .endMetadata()
                        .withSpec(job.getSpec().getTemplate().getSpec())
                        .build())
                .create();
        client.resource(pod).editStatus(now -> new PodBuilder(now)
                .editOrNewStatus()
                .withPhase("Succeeded")
                .addNewContainerStatus()
                .withName("probe")
                .withImage("probe")
                .withImageID("probe")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(0)
                .withReason("Completed")
                .withMessage(terminationMessage)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build());
        client.resource(job).editStatus(now -> new JobBuilder(now)
                .withNewStatus()
                .withStartTime("2026-01-01T00:00:00Z")
                .withCompletionTime(complete ? "2026-01-01T00:05:00Z" : null)
                .withSucceeded(complete ? 1 : null)
                .withFailed(complete ? null : 1)
                .addNewCondition()
                .withType(complete ? "SuccessCriteriaMet" : "FailureTarget")
                .withStatus("True")
                .withLastTransitionTime("2026-01-01T00:05:00Z")
                .endCondition()
                .addNewCondition()
                .withType(complete ? "Complete" : "Failed")
                .withStatus("True")
                .withReason("BackoffLimitExceeded")
                .withMessage("Job has reached the specified backoff limit")
                .withLastTransitionTime("2026-01-01T00:05:00Z")
                .endCondition()
                .endStatus()
                .build());
    }
}
