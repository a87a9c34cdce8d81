package dev.redoubt.crds.generation;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the CustomResourceDefinitions from the Java types: one YAML text per kind, by file name. */
public final class CrdGenerator {
    /** The kinds of the API. */
    public static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(RagPipeline.class, RedactionPolicy.class, LeakageTest.class);

    private static final String HEADER =
            """
            # Generated from the Java types of crds/; do not edit.
            # Update: mvn -q -pl crds test -Dtest=GeneratedCrdTest -Dredoubt.update=true
            """;

    private final ObjectMapper yaml = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());
    private final SchemaShaping shaping = new SchemaShaping();

    /** The definitions, as YAML by the name of the file they belong in. */
    public Map<String, String> generate() {
        var files = new TreeMap<String, String>();
        for (var kind : KINDS) {
            var definition = definition(kind);
            files.put(definition.at("/metadata/name").asText() + ".yaml", write(definition));
        }
        return files;
    }

    /** The definition of one kind. */
    public ObjectNode definition(Class<? extends CustomResource<?, ?>> kind) {
        var definition = plain(kind);
        var version = (ObjectNode) definition.at("/spec/versions/0");
        orderColumns(version, kind);
        var schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
        schema.put("description", kind.getAnnotation(JsonClassDescription.class).value());
        schema.putArray("required").add("spec");
        describe(schema, "spec", "What is wanted.");
        describe(schema, "status", "What was observed; the operator writes it.");
        shaping.shape(schema);
        NotYet.ALL.stream()
                .filter(notYet -> notYet.kind() == kind)
                .forEach(notYet -> SchemaShaping.refuse(schema, notYet));
        return definition;
    }

    private ObjectNode plain(Class<? extends CustomResource<?, ?>> kind) {
        var output = new SingleOutput();
        try {
            new CRDGenerator()
                    .withOutput(output)
                    .withParallelGenerationEnabled(false)
                    .customResourceClasses(List.of(kind))
                    .generate();
            return (ObjectNode) yaml.readTree(output.bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Columns stand in the order of the annotations: the answer reads from left to right. */
    private static void orderColumns(ObjectNode version, Class<?> kind) {
        var byName = new TreeMap<String, JsonNode>();
        version.get("additionalPrinterColumns")
                .forEach(column -> byName.put(column.get("name").asText(), column));
        var ordered = version.putArray("additionalPrinterColumns");
        Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .forEach(column -> ordered.add(byName.get(column.name())));
    }

    private static void describe(ObjectNode schema, String property, String description) {
        ((ObjectNode) schema.at("/properties/" + property)).put("description", description);
    }

    private String write(ObjectNode definition) {
        try {
            return HEADER + yaml.writeValueAsString(sorted(definition));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var result = JsonNodeFactory.instance.objectNode();
            var properties = new TreeMap<String, JsonNode>();
            object.properties().forEach(property -> properties.put(property.getKey(), property.getValue()));
            properties.forEach((name, value) -> result.set(name, sorted(value)));
            return result;
        }
        if (node.isArray()) {
            var result = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> result.add(sorted(item)));
            return result;
        }
        return node;
    }

    /** Keeps the one definition that is made in memory. */
    private static final class SingleOutput implements CRDGenerator.CRDOutput<OutputStream> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public OutputStream outputFor(String name) {
            bytes.reset();
            return bytes;
        }

        /** Only reported, never opened; but it must be one of a file. */
        @Override
        public URI crdURI(String name) {
            return URI.create("file:/" + name);
        }

        @Override
        public void close() {}
    }
}
