package dev.redoubt.crds.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of every field of the API, whoever adds it. */
class SchemaTest {
    private static final List<SchemaField> FIELDS = SchemaField.all().toList();

    @Test
    void everyFieldSaysWhatItMeans() {
        assertThat(fields(field -> !field.isItem()))
                .allSatisfy(field ->
                        assertThat(description(field)).hasSizeGreaterThan(10).matches("(?s)[A-Z].*\\."));
    }

    @Test
    void everyOptionalFieldOfASpecSaysWhatHappensWithoutIt() {
        assertThat(fields(field -> field.inSpec() && !field.required() && !oneOfSeveral(field)))
                .allSatisfy(field ->
                        assertThat(description(field)).containsAnyOf("Default", "Absent", "Only with", "Needed with"));
    }

    @Test
    void everyDefaultIsTheDocumentedOne() {
        assertThat(fields(field -> field.schema().has("default"))).isNotEmpty().allSatisfy(field -> assertThat(
                        description(field))
                .contains(documented(field.schema().get("default"))));
    }

    @Test
    void everyStringIsBounded() {
        assertThat(fields(field ->
                        field.type().equals("string") && !field.schema().has("enum")))
                .isNotEmpty()
                .allMatch(field -> field.schema().has("maxLength"));
    }

    @Test
    void everyNumberOfASpecIsABoundedInteger() {
        assertThat(fields(field -> field.type().equals("number"))).isEmpty();
        assertThat(fields(field -> field.inSpec() && field.type().equals("integer")))
                .isNotEmpty()
                .allMatch(
                        field -> field.schema().has("minimum") && field.schema().has("maximum"));
    }

    @Test
    void everyListIsBoundedAndMergesAsWhatItIs() {
        assertThat(fields(field -> field.type().equals("array"))).isNotEmpty().allSatisfy(field -> {
            assertThat(field.schema().has("maxItems")).isTrue();
            assertThat(field.schema().path("x-kubernetes-list-type").asText()).isEqualTo(listType(field));
        });
    }

    @Test
    void nothingUnknownIsKept() {
        assertThat(FIELDS)
                .allMatch(field -> Set.of("object", "array", "string", "integer", "boolean")
                        .contains(field.type()))
                .noneMatch(field -> field.schema().has("x-kubernetes-preserve-unknown-fields")
                        || field.schema().has("additionalProperties"));
    }

    @Test
    void nothingReachesOutOfTheNamespaceOrIntoAPodTemplate() {
        assertThat(fields(SchemaField::inSpec)).noneMatch(field -> field.name()
                .matches("(?i).*(namespace|url|uri|path|template|image|command|host)s?"));
    }

    @Test
    void whatIsNotSupportedYetIsWrittenInItsDescription() {
        for (var notYet : NotYet.ALL) {
            var path = notYet.kind().getSimpleName() + ":" + notYet.path();
            assertThat(fields(field -> field.path().equals(path)))
                    .singleElement()
                    .satisfies(field -> assertThat(description(field)).endsWith(notYet.note()));
        }
    }

    private static List<SchemaField> fields(Predicate<SchemaField> which) {
        return FIELDS.stream().filter(which).toList();
    }

    private static String description(SchemaField field) {
        return field.schema().path("description").asText();
    }

    /** One of these is given, and which is not given needs no explanation. */
    private static boolean oneOfSeveral(SchemaField field) {
        return Stream.of("serviceAccount", "apiKey", "certificate").anyMatch(field.name()::equals);
    }

    private static String documented(JsonNode value) {
        return value.isContainerNode() ? "Default" : "Default " + value.asText();
    }

    private static String listType(SchemaField list) {
        var items = list.schema().get("items");
        if (!items.path("type").asText().equals("object")) {
            return "set";
        }
        return items.path("properties").has("name")
                        || items.path("properties").has("target")
                        || items.path("properties").has("type")
                ? "map"
                : "atomic";
    }
}
