package dev.redoubt.controller.leakagetest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.golden.GoldenFolder;
import dev.redoubt.controller.golden.ObjectImage;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.injection.InjectionDecision;
import dev.redoubt.injection.Injector;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder below {@code desired/leakage-tests/} is a case: a test with a pipeline whose guards all have their
 * configuration, and the specification, schedule and job that the controller makes of it.
 */
@EnableKubernetesMockClient(crud = true)
class DesiredRunsTest {
    private static final String GUARD_IMAGE = "redoubt.local/redoubt-guard@sha256:" + "1".repeat(64);
    private static final String PROBE_IMAGE = "redoubt.local/redoubt-probe@sha256:" + "2".repeat(64);
    private static final ObjectMapper JSON = new ObjectMapper();

    KubernetesClient client;

    static List<GoldenFolder> cases() {
        return GoldenFolder.below("leakage-tests");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyTestBecomesWhatItsFilesSay(GoldenFolder folder) throws IOException {
        folder.holdsOnly(Set.of(RagPipeline.class, RedactionPolicy.class, LeakageTest.class, Service.class, Pod.class));
        LeakageTest test = folder.in(LeakageTest.class).get(0);
        GuardedPipeline pipeline =
                new GuardedPipeline(folder.in(RagPipeline.class).get(0), folder.in(RedactionPolicy.class), test);
        Injector injector = new Injector(Profiles.builtIn(), GUARD_IMAGE);
        folder.in(Service.class).forEach(service -> client.resource(service).create());
        folder.in(Pod.class).stream()
                .map(pod -> injector.decide(pod, pod.getMetadata().getNamespace(), folder.in(RagPipeline.class)))
                .forEach(decision -> client.resource(((InjectionDecision.Inject) decision).pod())
                        .create());

        // the job of the first step is what the schedule of the second waits for
        step(test, pipeline);
        step(test, pipeline);
        List<HasMetadata> made = made();
        ProbeRuns.Progress progress = step(test, pipeline);
        assertThat(versions(made())).as("a third time changes nothing").isEqualTo(versions(made));

        Map<String, Object> outputs = new TreeMap<>();
        for (Map.Entry<String, Object> image : ObjectImage.of(made).entrySet()) {
            outputs.put(anyRun(image.getKey()), withoutRun((ObjectNode) image.getValue()));
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("progress", progress.name());
        outputs.put("progress", said);
        folder.out(outputs);
    }

    private ProbeRuns.Progress step(LeakageTest test, GuardedPipeline pipeline) {
        Map<String, ConfigMap> configMaps = new TreeMap<>(pipeline.configMaps());
        list(ConfigMap.class).forEach(map -> configMaps.put(map.getMetadata().getName(), map));
        LeakageSnapshot snapshot = new LeakageSnapshot(
                configMaps, Map.of(), list(CronJob.class).stream().findFirst(), list(Job.class));
        return new ProbeRuns(client, new ObjectWriter(client), PROBE_IMAGE, Clock.systemUTC())
                .step(test, pipeline.pipeline(), pipeline.clients(), snapshot);
    }

    private <T extends HasMetadata> List<T> list(Class<T> kind) {
        return client.resources(kind).inAnyNamespace().list().getItems();
    }

    private List<HasMetadata> made() {
        List<HasMetadata> objects = new ArrayList<>(list(ConfigMap.class));
        objects.addAll(list(CronJob.class));
        objects.addAll(list(Job.class));
        return objects;
    }

    private static Map<String, String> versions(List<HasMetadata> objects) {
        Map<String, String> versions = new TreeMap<>();
        objects.forEach(object -> versions.put(
                object.getKind() + "/" + object.getMetadata().getName(),
                object.getMetadata().getResourceVersion()));
        return versions;
    }

    /** The name of a job ends with a digest of what asked for it, the revision of a configuration for example. */
    private static String anyRun(String name) {
        return name.replaceFirst("^(job-.*)-[0-9a-f]{8}$", "$1-occasion");
    }

    private static ObjectNode withoutRun(ObjectNode image) throws IOException {
        ObjectNode metadata = image.withObject("/metadata");
        if (image.path("kind").asText().equals("Job")) {
            metadata.put("name", anyRun("job-" + metadata.path("name").asText()).substring("job-".length()));
        }
        if (metadata.path("annotations").has(ProbeObjects.DONE_REVISION)) {
            metadata.withObject("/annotations").put(ProbeObjects.DONE_REVISION, "<revision>");
        }
        if (image.path("data").has(ProbeObjects.SPEC_KEY)) {
            ObjectNode spec = (ObjectNode)
                    JSON.readTree(image.path("data").path(ProbeObjects.SPEC_KEY).asText());
            assertThat(spec.path("seed").asLong())
                    .as("all that is random in a run follows from its id")
                    .isEqualTo(Long.parseLong(spec.path("runId").asText(), 16));
            spec.put("runId", "<12 hexadecimal digits>").put("seed", "<the same as a number>");
            spec.put("pipelineRevision", "<revision>");
            for (String target : List.of("store", "model")) {
                if (spec.path(target).has("revision")) {
                    ((ObjectNode) spec.path(target)).put("revision", "<revision of the target>");
                }
            }
            image.withObject("/data").set(ProbeObjects.SPEC_KEY, spec);
        }
        return image;
    }
}
