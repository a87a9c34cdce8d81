package dev.redoubt.sidecar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.profiles.Stage;
import dev.redoubt.sidecar.recognizer.Observer;
import dev.redoubt.sidecar.recognizer.Recognizers;
import dev.redoubt.sidecar.recognizer.StubAnalyzer;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineRedactorTest {
    static Collection<Entity> entities() {
        return Entity.builtIn().values();
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private static LineRedactor redactor(Stage at, Action action, String... entities) {
        RedactionRule rule = new RedactionRule(List.of(entities), List.of(Stage.Ingest), action);
        return new LineRedactor(new Redaction(List.of(rule), null, null, null, null), at, KeyringFile.random(), null);
    }

    private static String run(LineRedactor redactor, byte[] input)
            throws SpecException, UnjudgedException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(input);
        redactor.run("in", in, out, new Progress(message -> {}, () -> 0));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode redact(LineRedactor redactor, String text) throws Exception {
        byte[] line = JSON.writeValueAsBytes(JSON.createObjectNode().put("text", text));
        return JSON.readTree(run(redactor, line));
    }

    /** What the spans of an answer hold, cut out of the input by code points. */
    private static List<String> cut(String text, JsonNode answer) {
        int[] codePoints = text.codePoints().toArray();
        List<String> found = new ArrayList<>();
        for (JsonNode span : answer.get("spans")) {
            int start = span.get("start").asInt();
            found.add(new String(codePoints, start, span.get("end").asInt() - start));
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("entities")
    void theSpansOfLabelledTextsAreTheMarkedOnes(Entity entity) throws Exception {
        Path labelled = Path.of(
                System.getProperty("redoubt.root"), "operator/redact/src/test/resources/labelled", entity + ".txt");
        LineRedactor alone = redactor(Stage.Ingest, Action.Replace, entity.name());
        int marks = 0;
        for (String line : Files.readAllLines(labelled)) {
            // an astral character and a combining mark before it move bytes and UTF-16 units, not code points alike;
            // the full stop lets it begin a sentence as before
            String marked = "😀 e\u0301. " + line.substring(2).replace("\\n", "\n");
            List<String> expected = new ArrayList<>();
            for (int open = marked.indexOf('⟦'); open >= 0; open = marked.indexOf('⟦', open + 1)) {
                expected.add(marked.substring(open + 1, marked.indexOf('⟧', open)));
            }
            String plain = marked.replaceAll("[⟦⟧]", "");
            JsonNode answer = redact(alone, plain);
            assertThat(cut(plain, answer)).as(line).isEqualTo(expected);
            assertThat(answer.get("text").asText()).isEqualTo(marked.replaceAll("(?s)⟦.*?⟧", "<" + entity + ">"));
            answer.get("spans").forEach(span -> {
                assertThat(span.get("entity_type").asText()).isEqualTo(entity.name());
                assertThat(span.get("score").asDouble()).isBetween(0.5, 1.0);
            });
            marks += expected.size();
        }
        assertThat(marks).isPositive();
    }

    @Test
    void offsetsCountCodePoints() throws Exception {
        JsonNode answer = redact(redactor(Stage.Ingest, Action.Remove, "*"), "👩‍👩‍👧 e\u0301: bob@example.com!");
        assertThat(answer.toString())
                .isEqualTo("{\"text\":\"👩‍👩‍👧 e\u0301: !\",\"spans\":[{\"entity_type\":\"EMAIL_ADDRESS\","
                        + "\"start\":10,\"end\":25,\"score\":1.0}]}");
    }

    @Test
    void rulesOfOtherPlacesApplyOnlyWhereNoPlaceIsNamed() throws Exception {
        String text = "bob@example.com";
        assertThat(redact(redactor(Stage.Query, Action.Replace, "*"), text)
                        .get("text")
                        .asText())
                .isEqualTo(text);
        assertThat(redact(redactor(null, Action.Replace, "*"), text).get("text").asText())
                .isEqualTo("<EMAIL_ADDRESS>");
        assertThat(redactor(Stage.Query, Action.Replace, "*").acts()).isFalse();
    }

    @Test
    void aBlockedTextIsNotWritten() throws Exception {
        assertThat(run(
                        redactor(null, Action.Block, "*"),
                        "{\"text\":\"x bob@example.com\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("{\"text\":null,\"blocked\":true,\"spans\":[{\"entity_type\":\"EMAIL_ADDRESS\",\"start\":2,"
                        + "\"end\":17,\"score\":1.0}]}\n");
    }

    @Test
    void emptyLinesAreLeftOutAndTheLastOneNeedsNoEnd() throws Exception {
        byte[] input = "{\"text\":\"a\",\"id\":7}\r\n\n  \n{\"text\":\"b\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(run(redactor(null, Action.Replace, "*"), input))
                .isEqualTo("{\"text\":\"a\",\"spans\":[]}\n{\"text\":\"b\",\"spans\":[]}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": hunter2}",
                "{\"text\": 5}",
                "[\"hunter2\"]",
                "{\"text\":\"hunter2\"",
                "{\"text\":\"hunter2\"} x",
                "{\"text\":\"hunter2\",\"text\":\"b\"}",
                "{\"text\":\"hunter2 \\ud83d\"}",
            })
    void aLineThatIsNoneIsRefusedByItsNumberAndNotRepeated(String line) {
        byte[] input = ("{\"text\":\"a\"}\n" + line).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> run(redactor(null, Action.Replace, "*"), input))
                .isInstanceOf(SpecException.class)
                .hasMessageMatching("in:2:\\d+: .*")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] input = "{\"text\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> run(redactor(null, Action.Replace, "*"), input))
                .hasMessageMatching("in:1:\\d+: this is not a line of JSON in UTF-8");
    }

    @Test
    void progressIsToldEveryTwoSecondsAndNotBefore() {
        AtomicLong clock = new AtomicLong();
        List<String> told = new ArrayList<>();
        Progress progress = new Progress(told::add, clock::get);
        for (int i = 1; i <= 9; i++) {
            clock.addAndGet(500_000_000L);
            progress.at(i, "lines redacted");
        }
        assertThat(told).containsExactly("4 lines redacted", "8 lines redacted");
    }

    @Test
    void whatOthersFindIsAmongTheSpansAndWhatTheyDoNotJudgeIsNotWritten() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            StubAnalyzer stub = new StubAnalyzer(vertx);
            Recognizers recognizers = new Recognizers(vertx, Observer.NONE);
            RedactionRule rule = new RedactionRule(List.of("PERSON"), List.of(Stage.Ingest), Action.Replace);
            Redaction blocking = new Redaction(
                    List.of(rule), null, null, null, null, List.of(stub.recognizer(OnError.Block, 10_000)));
            LineRedactor redactor = new LineRedactor(blocking, null, KeyringFile.random(), recognizers);
            assertThat(redact(redactor, "😀 by zhāng wei").toString())
                    .isEqualTo(
                            "{\"text\":\"😀 by <PERSON>\",\"spans\":[{\"entity_type\":\"PERSON\",\"start\":5,\"end\":14,"
                                    + "\"score\":1.0}]}");
            stub.does(request -> request.response().setStatusCode(500).end());
            byte[] input = "{\"text\":\"7\"}\n{\"text\":\"by zhāng wei\"}".getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> run(redactor, input))
                    .isInstanceOf(UnjudgedException.class)
                    .hasMessage("in:2: the recogniser presidio did not judge this text (status)");
            LineRedactor passing = new LineRedactor(
                    blocking.with(List.of(stub.recognizer(OnError.Pass, 10_000))),
                    null,
                    KeyringFile.random(),
                    recognizers);
            assertThat(redact(passing, "by zhāng wei").get("spans")).isEmpty();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
