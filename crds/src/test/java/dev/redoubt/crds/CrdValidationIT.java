package dev.redoubt.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server takes and refuses of the three kinds. */
class CrdValidationIT {
    @RegisterExtension
    static final KubeApiServer server = new KubeApiServer();

    static Stream<Fixture> valid() {
        return Fixture.valid();
    }

    static Stream<Fixture> invalid() {
        return Fixture.invalid();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidObjectIsAccepted(Fixture fixture) {
        assertThat(create(fixture.object()).getMetadata().getUid()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidObjectIsRefusedWithAMessageThatHelps(Fixture fixture) {
        var refusal = catchThrowableOfType(KubernetesClientException.class, () -> create(fixture.object()));

        assertThat(refusal).as("%s was accepted", fixture).isNotNull();
        assertThat(refusal.getMessage()).contains(fixture.expected());
    }

    @ParameterizedTest
    @ValueSource(classes = {RagPipeline.class, RedactionPolicy.class, LeakageTest.class})
    void theExampleOfEachKindIsAccepted(Class<?> kind) {
        var file = "/examples/" + kind.getSimpleName().toLowerCase(Locale.ROOT) + ".yaml";
        var example = server.client()
                .getKubernetesSerialization()
                .unmarshal(getClass().getResourceAsStream(file), GenericKubernetesResource.class);

        assertThat(create(example).getMetadata().getUid()).isNotEmpty();
    }

    static Stream<Path> readyMadePolicies() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("redoubt.root"), "manifests/policies"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("readyMadePolicies")
    void aReadyMadePolicyIsAccepted(Path file) throws IOException {
        var policy = server.client()
                .getKubernetesSerialization()
                .unmarshal(Files.readString(file), GenericKubernetesResource.class);

        assertThat(create(policy).getMetadata().getUid()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid-minimal", "valid-everything-supported"})
    void theApiServerSetsTheDefaultsThatTheOperatorAssumes(String name) {
        for (var kind : List.of(RagPipeline.class, LeakageTest.class)) {
            var fixture = Fixture.of(kind.getSimpleName().toLowerCase(Locale.ROOT), name);
            var serialization = server.client().getKubernetesSerialization();

            var stored = create(fixture.object());

            assertThat(serialization.convertValue(stored, kind).getSpec())
                    .isEqualTo(fixture.as(kind).getSpec());
        }
    }

    /** Validated and defaulted as if it were stored, so that no test is in the way of another. */
    private static GenericKubernetesResource create(GenericKubernetesResource object) {
        object.getMetadata().setNamespace(server.namespace());
        return server.client()
                .resource(object)
                .dryRun(true)
                .fieldValidation(Validation.STRICT)
                .create();
    }
}
