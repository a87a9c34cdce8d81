package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real Presidio analyzer, with a real model, asked by the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresidioIT {
    private static final String ADD = GuardTest.COLLECTION + "/add";

    @TempDir
    private static Path directory;

    private final List<String> stored = new CopyOnWriteArrayList<>();
    private Program presidio;
    private int port;

    @BeforeAll
    void start() throws Exception {
        port = Program.freePort();
        presidio = Program.start(
                List.of("python3", resource("presidio_server.py").toString(), Integer.toString(port)),
                Map.of(
                        "PYTHONPATH",
                        PythonPackages.of(resource("presidio-requirements.txt")).toString()),
                directory.resolve("presidio.log"));
        presidio.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/health"));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(PresidioIT.class.getResource("/clients/" + name).toURI());
    }

    @AfterAll
    void stop() throws Exception {
        presidio.close();
    }

    private GuardFixture guard() throws Exception {
        return guard(port, OnError.Block);
    }

    private GuardFixture guard(int analyzer, OnError onError) throws Exception {
        ExternalRecognizer recognizer = new ExternalRecognizer(
                "presidio", "127.0.0.1", analyzer, List.of("PERSON", "EMAIL_ADDRESS"), onError, 30_000);
        GuardConfig config = Guards.judgedBy(recognizer, Guards.chroma(Mode.Enforce, Bounds.DEFAULT, 10, List.of()));
        return new GuardFixture(config, request -> request.body().onSuccess(body -> {
            stored.add(body.toString());
            request.response()
                    .setStatusCode(201)
                    .putHeader("content-type", "application/json")
                    .end("{}");
        }));
    }

    private static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }

    /** The documents as they reach the store. */
    private List<String> stored(GuardFixture guard, String... documents) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<Integer> each = IntStream.range(0, documents.length).boxed().toList();
        String body = json.writeValueAsString(Map.of(
                "ids",
                each.stream().map(Object::toString).toList(),
                "documents",
                List.of(documents),
                "embeddings",
                each.stream().map(i -> List.of(1.0)).toList()));
        HttpResponse<String> response = guard.post(ADD, Guards.KEY, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode result = tree(stored.get(stored.size() - 1)).get("documents");
        return json.convertValue(result, json.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    @Test
    void namesThatOnlyTheModelKnowsAreReplacedWhereTheyStand() throws Exception {
        try (GuardFixture guard = guard()) {
            String small = "😀 my name is david johnson and i live at café 7";
            assertThat(stored(guard, small, "Nothing to see here.", "Write to ann.lee@example.com today."))
                    .containsExactly(
                            "😀 my name is <PERSON> and i live at café 7",
                            "Nothing to see here.",
                            "Write to <EMAIL_ADDRESS> today.");
        }
        try (GuardFixture alone = guard(Program.freePort(), OnError.Pass)) {
            assertThat(stored(alone, "my name is david johnson")).containsExactly("my name is david johnson");
        }
    }

    @Test
    void namesThatBothFindLeaveOneMarkEach() throws Exception {
        try (GuardFixture guard = guard()) {
            for (String document : stored(
                    guard,
                    "Yesterday Dr. Maria Gonzalez-Smith and Mr. James O'Neill met President Lincoln Carter.",
                    "My name is David Johnson, and Anna Maria van der Berg is my manager.",
                    "Contact: JOHN SMITH, Sarah Connor; cc Peter Parker (Marketing).")) {
                assertThat(document).contains("<PERSON>").doesNotContain("<PERSON><PERSON>");
            }
        }
    }

    @Test
    void whenTheAnalyzerIsGoneNothingReachesTheStore() throws Exception {
        int before = stored.size();
        try (GuardFixture guard = guard(Program.freePort(), OnError.Block)) {
            String record = "{\"ids\":[\"a\"],\"documents\":[\"by Ann\"],\"embeddings\":[[1.0]]}";
            assertThat(guard.post(ADD, Guards.KEY, record).statusCode()).isEqualTo(503);
            assertThat(stored).hasSize(before);
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit().get(0).get("reason").textValue()).isEqualTo("RecognizerFailed");
        }
    }
}
