package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.InjectionDecision.Reject;
import dev.redoubt.injection.InjectionDecision.Skip;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder below {@code golden/} is a case: a pod, and what becomes of it. {@code -Dredoubt.update=true} writes the
 * outcomes anew; read the difference before it is committed.
 */
class InjectorGoldenTest {
    static final String GUARD_IMAGE =
            "redoubt.local/redoubt-guard@sha256:1111111111111111111111111111111111111111111111111111111111111111";
    /** Of an older version, as it were, which does not know one of the engines yet. */
    static final Injector INJECTOR = new Injector(
            Profiles.of(Profiles.builtIn().all().stream()
                    .filter(profile -> !profile.name().equals("Elasticsearch"))
                    .toList()),
            GUARD_IMAGE);

    private static final boolean UPDATE = Boolean.getBoolean("redoubt.update");

    static List<String> cases() {
        try (Stream<Path> folders = Files.walk(Yaml.GOLDEN, 2)) {
            return folders.filter(path -> Yaml.GOLDEN.relativize(path).getNameCount() == 2)
                    .map(path -> Yaml.GOLDEN.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyPodBecomesWhatItsFileSays(String name) throws IOException {
        Path folder = Yaml.GOLDEN.resolve(name);
        Pod pod = Yaml.pod(folder.resolve("in-pod.yaml"));
        InjectionDecision decision = INJECTOR.decide(pod, "shop", Yaml.pipelines());

        String kind = name.substring(0, name.indexOf('/'));
        assertThat(decision.getClass().getSimpleName()).isEqualToIgnoringCase(kind);
        String file;
        Object outcome;
        if (decision instanceof Inject inject) {
            file = "out-pod.yaml";
            outcome = inject.pod();
        } else if (decision instanceof Skip skip) {
            file = "out-skip.yaml";
            outcome = Map.of("reason", skip.reason());
        } else {
            Reject reject = (Reject) decision;
            file = "out-reject.yaml";
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("reason", reject.reason());
            fields.put("message", reject.message());
            outcome = fields;
        }
        if (UPDATE) {
            Files.writeString(folder.resolve(file), Yaml.write(outcome));
        } else {
            assertThat(folder.resolve(file)).hasContent(Yaml.write(outcome));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .as("nothing lies about unused")
                    .containsExactlyInAnyOrder("in-pod.yaml", file);
        }
    }

    @Test
    void everyReasonOfARefusalHasACase() {
        assertThat(cases().stream().filter(name -> name.startsWith("reject/")).map(name -> Yaml.read(
                                Yaml.GOLDEN.resolve(name).resolve("out-reject.yaml"), Map.class)
                        .get("reason")))
                .as("reasons seen")
                .containsAll(Stream.of(InjectionDecision.RejectReason.values())
                        .map(Enum::name)
                        .toList());
    }
}
