package dev.redoubt.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.crds.generation.CrdGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that reads an object without an API server meets the same defaults as the schema has. */
class DefaultsTest {
    private static final Map<String, Class<? extends CustomResource<?, ?>>> KINDS =
            CrdGenerator.KINDS.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    private static final Map<String, JsonNode> SCHEMAS = schemas();

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    static Stream<Fixture> complete() {
        return Stream.concat(Fixture.valid(), Fixture.invalid().filter(fixture -> fixture.name()
                .equals("invalid-not-yet-everything.yaml")));
    }

    @ParameterizedTest
    @MethodSource("complete")
    void theJavaTypesLoseNoFieldAndAssumeTheDefaultsOfTheSchema(Fixture fixture) {
        var kind = KINDS.get(fixture.object().getKind());
        var schema = SCHEMAS.get(fixture.object().getKind());
        var completed = serialization.convertValue(fixture.object(), ObjectNode.class);
        complete(completed, schema);

        var read = fixture.as(kind);
        var written = serialization.convertValue(read, ObjectNode.class);
        complete(written, schema);

        assertThat(read.getSpec())
                .isEqualTo(serialization.convertValue(completed, kind).getSpec());
        assertThat(reread(written.get("spec"))).isEqualTo(reread(completed.get("spec")));
    }

    /** From text, for a number from a Java long is not equal to the same number from YAML. */
    private JsonNode reread(JsonNode node) {
        return serialization.unmarshal(node.toString(), JsonNode.class);
    }

    private static Map<String, JsonNode> schemas() {
        var generator = new CrdGenerator();
        return CrdGenerator.KINDS.stream().collect(Collectors.toMap(Class::getSimpleName, kind -> generator
                .definition(kind)
                .at("/spec/versions/0/schema/openAPIV3Schema")));
    }

    /** Structural defaulting, as the API server does it: from the outside to the inside. */
    private static void complete(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                var ofField = property.getValue();
                if (!object.has(property.getKey()) && ofField.has("default")) {
                    object.set(property.getKey(), ofField.get("default").deepCopy());
                }
                if (object.has(property.getKey())) {
                    complete(object.get(property.getKey()), ofField);
                }
            });
        }
        if (value.isArray()) {
            value.forEach(item -> complete(item, schema.get("items")));
        }
    }
}
