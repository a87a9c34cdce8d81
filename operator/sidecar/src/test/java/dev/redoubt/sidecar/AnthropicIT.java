package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Anthropic's official client, unmodified, with llama.cpp's real server: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicIT {
    @TempDir
    private static Path directory;

    private LlamaServer server;
    private GuardFixture guard;
    private ClientMatrix bare;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        server = LlamaServer.saying("write to ann.lee@example.com", directory.resolve("server.log"));
        guard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), server.port());
        Map<String, String> environment = Map.of(
                "PYTHONPATH",
                PythonPackages.paths(
                        ClientMatrix.requirements("anthropic"), PythonPackages.IMAGES.resolve("requirements.txt")),
                "REDOUBT_KEY",
                Guards.KEY);
        bare = ClientMatrix.of("anthropic.py", environment, "--port", "" + server.port(), "--direct");
        guarded = ClientMatrix.of("anthropic.py", environment, "--port", "" + guard.port());
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
                .containsExactly("messages.create", "messages.create stream", "messages.stream");
        assertThat(guarded.operations("allowed"))
                .containsExactly(
                        "models.list",
                        "messages.create parts",
                        "messages.create tools",
                        "messages.create tool result",
                        "messages.count_tokens");
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptions() {
        assertThat(guarded.error("messages.create image")).isEqualTo("BadRequestError");
        assertThat(guarded.error("messages.batches.list")).isEqualTo("PermissionDeniedError");
        assertThat(guarded.error("unknown key")).isEqualTo("AuthenticationError");
        for (String operation : List.of("messages.create image", "messages.batches.list", "unknown key")) {
            assertThat(guarded.text(operation)).as(operation).contains("urn:redoubt:problem:");
        }
    }
}
