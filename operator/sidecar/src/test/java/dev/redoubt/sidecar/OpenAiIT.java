package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's official client, unmodified, with llama.cpp's real server: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiIT {
    @TempDir
    private static Path directory;

    private LlamaServer chat;
    private LlamaServer embedding;
    private LlamaServer ranking;
    private GuardFixture chatGuard;
    private GuardFixture embeddingGuard;
    private GuardFixture rankingGuard;
    private ClientMatrix bare;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        chat = LlamaServer.saying("write to ann.lee@example.com", directory.resolve("chat.log"));
        embedding = LlamaServer.embedding(directory.resolve("embedding.log"));
        ranking = LlamaServer.ranking(directory.resolve("ranking.log"));
        chatGuard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), chat.port());
        embeddingGuard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), embedding.port());
        rankingGuard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), ranking.port());
        bare = run(chat.port(), embedding.port(), ranking.port(), "--direct");
        guarded = run(chatGuard.port(), embeddingGuard.port(), rankingGuard.port());
    }

    private static ClientMatrix run(int chat, int embedding, int ranking, String... more) throws Exception {
        Map<String, String> environment = new HashMap<>(LlamaServer.environment());
        environment.put("REDOUBT_KEY", Guards.KEY);
        environment.put("REDOUBT_OTHER_KEY", Guards.SLOW_KEY);
        List<String> arguments = new ArrayList<>(
                List.of("--port", "" + chat, "--embed-port", "" + embedding, "--rerank-port", "" + ranking));
        arguments.addAll(List.of(more));
        return ClientMatrix.of("openai.py", environment, arguments.toArray(String[]::new));
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : List.of(chatGuard, embeddingGuard, rankingGuard, chat, embedding, ranking)) {
            each.close();
        }
    }

    @Test
    void everyDoorIsOpenAtTheBareServer() {
        assertThat(bare.closedDoors()).isEmpty();
    }

    @Test
    void noDoorIsOpenThroughTheGuard() {
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).hasSameSizeAs(bare.openDoors());
    }

    @Test
    void whatClientsOrdinarilyDoIsAllowedAndItsTextRedacted() {
        for (String operation : List.of(
                "chat.completions.create",
                "chat.completions.create stream",
                "completions.create",
                "completions.create stream",
                "responses.create",
                "responses.create stream")) {
            assertThat(guarded.outcome(operation)).as(operation).isEqualTo("transformed");
        }
        for (String operation : List.of(
                "models.list",
                "chat.completions.create tools",
                "chat.completions.create tool result",
                "chat.completions.create prediction",
                "chat.completions.create logprobs",
                "responses.create tools",
                "embeddings.create",
                "embeddings.create float",
                "embeddings.create list",
                "/v1/rerank")) {
            assertThat(guarded.outcome(operation)).as(operation).isEqualTo("allowed");
        }
    }

    @Test
    void embeddingsAreMadeOfRedactedTextInEitherEncoding() {
        assertThat(bare.value("embeds the redacted text").booleanValue()).isFalse();
        assertThat(guarded.value("embeds the redacted text").booleanValue()).isTrue();
        assertThat(guarded.value("embeds the redacted text as floats").booleanValue())
                .isTrue();
    }

    @Test
    void aStreamTellsItsUsageWithoutBeingAsked() {
        assertThat(bare.value("usage").isNull()).isTrue();
        assertThat(guarded.value("usage").get("completion_tokens").intValue()).isPositive();
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptions() {
        assertThat(guarded.error("chat.completions.create logit_bias")).isEqualTo("PermissionDeniedError");
        assertThat(guarded.error("chat.completions.create n=2")).isEqualTo("BadRequestError");
        assertThat(guarded.error("completions.create token ids")).isEqualTo("BadRequestError");
        assertThat(guarded.error("embeddings.create token ids")).isEqualTo("BadRequestError");
        assertThat(guarded.error("responses.retrieve")).isEqualTo("PermissionDeniedError");
        assertThat(guarded.error("files.list")).isEqualTo("PermissionDeniedError");
        assertThat(guarded.error("vector_stores.search")).isEqualTo("PermissionDeniedError");
        assertThat(guarded.error("unknown key")).isEqualTo("AuthenticationError");
    }

    @Test
    void everyOtherRouteOfLlamaCppAndOfVllmIsRefused() {
        List<String> others = bare.operations("allowed").stream()
                .filter(name -> name.startsWith("POST /") || name.startsWith("GET /"))
                .toList();
        assertThat(others).contains("POST /tokenize", "GET /slots", "POST /invocations", "POST /collective_rpc");
        for (String operation : others) {
            assertThat(guarded.error(operation)).as(operation).isEqualTo("PermissionError");
            assertThat(guarded.text(operation)).as(operation).contains("unknown-route");
        }
    }
}
