package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Ollama's official client, and OpenAI's for {@code /v1}, unmodified, with a real Ollama: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OllamaIT {
    private static final Path BUILD = Path.of(System.getProperty("redoubt.root"), "e2e", "servers", "ollama", "build");

    @TempDir
    private static Path directory;

    private Program server;
    private GuardFixture guard;
    private ClientMatrix bare;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        String ollama = Program.run(List.of(BUILD.toString()), Map.of()).strip();
        int port = Program.freePort();
        Map<String, String> place = Map.of(
                "OLLAMA_HOST",
                "127.0.0.1:" + port,
                "OLLAMA_MODELS",
                directory.resolve("models").toString(),
                "OLLAMA_NO_CLOUD",
                "1",
                "HOME",
                directory.toString());
        server = Program.start(List.of(ollama, "serve"), place, directory.resolve("ollama.log"));
        server.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/api/version"));
        Path modelfile = Files.writeString(
                directory.resolve("Modelfile"),
                """
                FROM %s
                TEMPLATE "<|user|>{{ .System }} {{ .Prompt }}
                <|assistant|>"
                SYSTEM You write for pam.roe@example.com.
                PARAMETER num_ctx 512
                PARAMETER num_thread 1
                """
                        .formatted(LlamaServer.chatModel()));
        Program.run(List.of(ollama, "create", "tiny", "-f", modelfile.toString()), place);
        guard = new GuardFixture(Guards.model("Ollama", Mode.Enforce, Bounds.DEFAULT), port);
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "PYTHONPATH",
                PythonPackages.paths(
                        ClientMatrix.requirements("ollama"), PythonPackages.IMAGES.resolve("requirements.txt")));
        environment.put("REDOUBT_KEY", Guards.KEY);
        bare = ClientMatrix.of("ollama.py", environment, "--port", "" + port, "--direct");
        guarded = ClientMatrix.of("ollama.py", environment, "--port", "" + guard.port());
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        server.close();
    }

    @Test
    void everyDoorIsOpenAtTheBareServer() {
        assertThat(bare.closedDoors()).isEmpty();
    }

    @Test
    void noDoorIsOpenThroughTheGuard() {
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).isEqualTo(bare.openDoors());
    }

    @Test
    void whatClientsOrdinarilyDoIsAllowedAndItsTextRedacted() {
        assertThat(guarded.operations("transformed"))
                .containsExactly("generate", "generate stream", "chat", "chat stream", "v1 chat", "v1 chat stream");
        assertThat(guarded.operations("allowed"))
                .containsExactly(
                        "list",
                        "ps",
                        "embed",
                        "embeddings",
                        "v1 models",
                        "v1 completions",
                        "v1 responses",
                        "v1 embeddings");
    }

    @Test
    void noRequestGeneratesMoreTokensThanThePolicyAllowsWhateverItsOptions() {
        for (String tokens : List.of("tokens", "tokens without options", "tokens of a chat")) {
            assertThat(guarded.value(tokens).intValue()).as(tokens).isBetween(1, 256);
        }
    }

    @Test
    void noAnswerHasTheTokensOfItsConversation() {
        assertThat(guarded.value("context").isNull()).isTrue();
    }

    @Test
    void whatChangesModelsOrShowsThemIsRefusedWithTheClientsOwnException() {
        for (String operation : List.of("show", "copy", "create", "pull", "push", "delete", "unknown key")) {
            assertThat(guarded.error(operation)).as(operation).isEqualTo("ResponseError");
        }
        for (String operation : List.of("show", "copy", "create", "pull", "push", "delete")) {
            assertThat(guarded.text(operation)).as(operation).contains("not one that this target may be asked");
        }
        assertThat(guarded.text("unknown key")).contains("status code: 401");
        assertThat(guarded.text("unknown model")).contains("model 'nosuch' not found");
        assertThat(guarded.text("generate image")).contains("a field that is not known");
        assertThat(guarded.text("generate raw template")).contains("a field that is not known");
        assertThat(guarded.operations("refused"))
                .contains("POST /api/blobs", "POST /api/me", "POST /api/signout", "POST /api/experimental/web_search");
    }

    @Test
    void theProbesOfDeploymentsAreAnsweredWithoutAKey() {
        assertThat(guard.get("/", null).body()).isEqualTo("Ollama is running");
        assertThat(guard.get("/api/version", null).statusCode()).isEqualTo(200);
    }
}
