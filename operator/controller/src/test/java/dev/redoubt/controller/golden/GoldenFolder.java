package dev.redoubt.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One case of desired state: {@code in-*.yaml} is what users made, {@code out-*.yaml} is what Redoubt makes of it.
 * {@code -Dredoubt.update=true} writes the {@code out-*.yaml} anew; read the difference before it is committed.
 */
public final class GoldenFolder {
    private static final Path ROOT = Path.of("src/test/resources/desired");
    private static final boolean UPDATE = Boolean.getBoolean("redoubt.update");
    private static final String NAMESPACE = "shop";

    /** Objects of the same age hold their workloads by name. */
    private static final String CREATED = "2026-01-01T00:00:00Z";

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    RagPipeline.class,
                    RedactionPolicy.class,
                    LeakageTest.class,
                    Deployment.class,
                    StatefulSet.class,
                    DaemonSet.class,
                    Service.class,
                    Secret.class,
                    Pod.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private static final ObjectMapper YAML = JsonMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Path folder;
    private final List<HasMetadata> inputs = new ArrayList<>();

    private GoldenFolder(Path folder) {
        this.folder = folder;
        files("in-").forEach(this::read);
    }

    /** The cases of a folder, by name. */
    public static List<GoldenFolder> below(String name) {
        try (Stream<Path> folders = Files.list(ROOT.resolve(name))) {
            return folders.sorted().map(GoldenFolder::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The inputs of a kind, as the API server would have stored them in the namespace of the case. */
    public <T extends HasMetadata> List<T> in(Class<T> kind) {
        assertThat(KINDS).containsValue(kind);
        return inputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Nothing but these kinds is in the folder: an input that no test reads would prove nothing. */
    public void holdsOnly(Set<Class<? extends HasMetadata>> kinds) {
        assertThat(inputs).allMatch(input -> kinds.contains(input.getClass()));
    }

    /**
     * The outputs are these, file by file, and no other file lies there.
     *
     * @param outputs what the files {@code out-<key>.yaml} hold
     */
    public void out(Map<String, ?> outputs) throws IOException {
        Map<Path, String> wanted = new TreeMap<>();
        outputs.forEach((name, content) -> wanted.put(folder.resolve("out-" + name + ".yaml"), write(content)));
        if (UPDATE) {
            for (Path old : files("out-")) {
                Files.delete(old);
            }
            for (Map.Entry<Path, String> file : wanted.entrySet()) {
                Files.writeString(file.getKey(), file.getValue());
            }
        }
        for (Map.Entry<Path, String> file : wanted.entrySet()) {
            assertThat(file.getKey()).exists().hasContent(file.getValue());
        }
        assertThat(files(""))
                .as("no file lies about unused")
                .hasSize(files("in-").size() + wanted.size())
                .allMatch(file -> file.getFileName().toString().startsWith("in-") || wanted.containsKey(file));
    }

    private void read(Path file) {
        try {
            for (JsonNode node : YAML.readerFor(JsonNode.class)
                    .<JsonNode>readValues(file.toFile())
                    .readAll()) {
                Class<? extends HasMetadata> kind = KINDS.get(node.path("kind").asText());
                assertThat(kind).as("a kind that a test reads, in " + file).isNotNull();
                HasMetadata object = YAML.treeToValue(node, kind);
                object.getMetadata().setNamespace(NAMESPACE);
                object.getMetadata().setUid("uid-of-" + object.getMetadata().getName());
                object.getMetadata().setGeneration(1L);
                if (object.getMetadata().getCreationTimestamp() == null) {
                    object.getMetadata().setCreationTimestamp(CREATED);
                }
                inputs.add(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private List<Path> files(String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object content) {
        try {
            // by way of plain maps, so that every level is in alphabetical order
            return YAML.writeValueAsString(YAML.convertValue(content, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
