package dev.redoubt.controller.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.golden.GoldenFolder;
import dev.redoubt.controller.golden.ObjectImage;
import dev.redoubt.controller.guard.CaptureProbe;
import dev.redoubt.controller.guard.GuardAdmin;
import dev.redoubt.controller.keys.KeyFactory;
import dev.redoubt.controller.leakagetest.ProbeClients;
import dev.redoubt.controller.leakagetest.ProbeKeys;
import dev.redoubt.controller.pki.AuthorityStore;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.injection.Injector;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder below {@code desired/pipelines/} is a case: pipelines with their policies, tests and workloads, and all
 * that the controller makes of them, with what it says in the conditions.
 */
@EnableKubernetesMockClient(crud = true)
class DesiredPipelineTest {
    private static final String OPERATOR_NAMESPACE = "redoubt-system";
    private static final String GUARD_IMAGE = "redoubt.local/redoubt-guard@sha256:" + "1".repeat(64);

    private final Vertx vertx = Vertx.vertx();
    private final Injector injector = new Injector(Profiles.builtIn(), GUARD_IMAGE);

    KubernetesClient client;

    static List<GoldenFolder> cases() {
        return GoldenFolder.below("pipelines");
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyPipelineBecomesWhatItsFilesSay(GoldenFolder folder) throws IOException {
        folder.holdsOnly(Set.of(
                RagPipeline.class,
                RedactionPolicy.class,
                Service.class,
                LeakageTest.class,
                Deployment.class,
                StatefulSet.class,
                Secret.class,
                Pod.class));
        reconcile(folder);
        List<HasMetadata> made = managed();
        Map<String, Object> outputs = new TreeMap<>(reconcile(folder));
        assertThat(versions(managed())).as("a second time changes nothing").isEqualTo(versions(made));

        outputs.putAll(ObjectImage.of(made));
        outputs.put(
                "webhooks",
                WebhookEntries.desired(folder.in(RagPipeline.class), "authority", OPERATOR_NAMESPACE)
                        .getWebhooks());
        folder.out(outputs);
    }

    @Test
    void whereGuardsMayGoStaysWhileItIsNotKnownWhatTheyAreToAsk() {
        GoldenFolder folder = cases().stream()
                .filter(each -> each.toString().equals("recognizer"))
                .findFirst()
                .orElseThrow();
        reconcile(folder);
        List<NetworkPolicy> before =
                client.network().networkPolicies().inAnyNamespace().list().getItems();
        RagPipeline pipeline = folder.in(RagPipeline.class).get(0);
        PipelineSnapshot seen = new SnapshotOfInputs(folder, client, injector).of(pipeline);
        PipelineObservation observed = engine().step(
                        pipeline,
                        new PipelineSnapshot(
                                seen.pipelines(),
                                seen.policies(),
                                Map.of(),
                                seen.tests(),
                                seen.configMaps(),
                                seen.secrets(),
                                seen.named(),
                                seen.networkPolicies(),
                                seen.workloads(),
                                seen.pods()));
        assertThat(observed.policies().holds()).isFalse();
        assertThat(client.network().networkPolicies().inAnyNamespace().list().getItems())
                .isEqualTo(before);
    }

    private PipelineEngine engine() {
        AuthorityStore authorities = new AuthorityStore(client, OPERATOR_NAMESPACE, Clock.systemUTC());
        ObjectWriter writer = new ObjectWriter(client);
        KeyFactory keys = new KeyFactory();
        GuardObserver observer = new GuardObserver(
                new GuardAdmin(vertx, authorities, Clock.systemUTC()), new CaptureProbe(vertx), Clock.systemUTC());
        return new PipelineEngine(
                writer,
                new KeyKeeper(writer, keys),
                new TargetReconciler(
                        writer,
                        authorities,
                        injector,
                        new Evictor(client),
                        observer,
                        OPERATOR_NAMESPACE,
                        Clock.systemUTC()),
                Profiles.builtIn());
    }

    /** Answers the conditions of each pipeline. */
    private Map<String, Object> reconcile(GoldenFolder folder) {
        PipelineEngine engine = engine();
        ObjectWriter writer = new ObjectWriter(client);
        KeyFactory keys = new KeyFactory();
        SnapshotOfInputs snapshots = new SnapshotOfInputs(folder, client, injector);
        Map<String, Object> conditions = new TreeMap<>();
        for (RagPipeline pipeline : folder.in(RagPipeline.class)) {
            for (LeakageTest test : snapshots.of(pipeline).tests()) {
                ProbeClients clients = ProbeClients.of(test, pipeline).orElseThrow();
                new ProbeKeys(writer, keys)
                        .ensure(test, clients, snapshots.of(pipeline).secrets());
            }
            PipelineObservation seen = engine.step(pipeline, snapshots.of(pipeline));
            conditions.put(
                    "conditions-" + pipeline.getMetadata().getName(),
                    PipelineStatus.findings(seen).stream()
                            .sorted(Comparator.comparing(Finding::type))
                            .map(DesiredPipelineTest::image)
                            .toList());
        }
        return conditions;
    }

    private static Map<String, String> image(Finding finding) {
        Map<String, String> image = new LinkedHashMap<>();
        image.put("type", finding.type().value());
        image.put("status", finding.truth().value());
        image.put("reason", finding.reason().value());
        image.put("message", finding.message());
        return image;
    }

    private List<HasMetadata> managed() {
        List<HasMetadata> objects = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : List.of(ConfigMap.class, Secret.class, NetworkPolicy.class)) {
            objects.addAll(client.resources(kind).inAnyNamespace().list().getItems());
        }
        objects.removeIf(object -> object.getMetadata().getNamespace().equals(OPERATOR_NAMESPACE));
        assertThat(objects)
                .as("everything says that Redoubt made it")
                .allMatch(object ->
                        Labels.REDOUBT.equals(object.getMetadata().getLabels().get(Labels.MANAGED_BY)));
        return objects;
    }

    private static Map<String, String> versions(List<HasMetadata> objects) {
        Map<String, String> versions = new TreeMap<>();
        objects.forEach(object -> versions.put(
                object.getKind() + "/" + object.getMetadata().getName(),
                object.getMetadata().getResourceVersion()));
        return versions;
    }
}
