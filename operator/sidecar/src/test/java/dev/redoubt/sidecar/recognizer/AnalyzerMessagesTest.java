package dev.redoubt.sidecar.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzerMessagesTest {
    private static AnalyzerMessages messages(String... texts) {
        return new AnalyzerMessages(
                Arrays.stream(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                Set.of(Entity.PERSON, Entity.LOCATION));
    }

    private static List<List<Span>> answer(String json, String... texts) throws AnalyzerException {
        return messages(texts).answer(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oneTextIsSentAsAStringAndSeveralAsAList() {
        assertThat(new String(messages("a \"b\" 😀\u0000").request(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"text\":\"a \\\"b\\\" 😀\\u0000\",\"language\":\"en\",\"entities\":[\"LOCATION\",\"PERSON\"]}");
        assertThat(new String(messages("a", "b").request(), StandardCharsets.UTF_8))
                .isEqualTo("{\"text\":[\"a\",\"b\"],\"language\":\"en\",\"entities\":[\"LOCATION\",\"PERSON\"]}");
    }

    @Test
    void offsetsInCodePointsBecomeOffsetsInBytes() throws Exception {
        assertThat(answer(
                        "[{\"entity_type\": \"PERSON\", \"start\": 2, \"end\": 7, \"score\": 0.85,"
                                + " \"analysis_explanation\": {\"recognizer\": [\"x\"]}}]",
                        "😀 zhāng"))
                .containsExactly(List.of(new Span(Entity.PERSON, 5, 11, 0.85)));
    }

    @Test
    void severalTextsAreAnsweredInTheirOrder() throws Exception {
        assertThat(answer("[[], [{\"entity_type\":\"LOCATION\",\"start\":0,\"end\":1,\"score\":1}]]", "ab", "c"))
                .containsExactly(List.of(), List.of(new Span(Entity.LOCATION, 0, 1, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"error\": \"No text provided\"}",
                "[",
                "[[]]",
                "[] []",
                "[null]",
                "[{}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 1, \"score\": null}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 1, \"score\": 1.1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 1, \"score\": -0.1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 1, \"score\": NaN}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 1, \"score\": \"1\"}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 5, \"score\": 1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 1, \"end\": 1, \"score\": 1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": -1, \"end\": 1, \"score\": 1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0.0, \"end\": 1, \"score\": 1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"end\": 4294967297, \"score\": 1}]",
                "[{\"entity_type\": \"PERSON\", \"start\": 0, \"start\": 1, \"end\": 2, \"score\": 1}]",
                "[{\"entity_type\": \"US_SSN\", \"start\": 0, \"end\": 1, \"score\": 1}]",
                "[{\"entity_type\": \"NRP\", \"start\": 0, \"end\": 1, \"score\": 1}]",
                "[{\"entity_type\": 7, \"start\": 0, \"end\": 1, \"score\": 1}]"
            })
    void whatIsNoAnswerToTheQuestionIsRefused(String json) {
        assertThatThrownBy(() -> answer(json, "😀abc"))
                .isInstanceOf(AnalyzerException.class)
                .hasMessage("invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[[]]", "[[], [], []]", "[[], null]"})
    void anAnswerOfAnotherNumberOfTextsIsRefused(String json) {
        assertThatThrownBy(() -> answer(json, "a", "b")).isInstanceOf(AnalyzerException.class);
    }

    @Test
    void anAnswerNestedWithoutEndIsRefused() {
        String deep = "[{\"x\": " + "[".repeat(100_000);
        assertThatThrownBy(() -> answer(deep, "a")).isInstanceOf(AnalyzerException.class);
    }
}
