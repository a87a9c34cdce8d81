package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official Chroma client, unmodified, through the guard to a real Chroma. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromaIT {
    @TempDir
    private static Path directory;

    private RealChroma unguarded;
    private RealChroma chroma;
    private GuardFixture guard;
    private ClientMatrix bare;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        unguarded = new RealChroma(Files.createDirectory(directory.resolve("unguarded")));
        chroma = new RealChroma(directory);
        guard = new GuardFixture(Guards.chroma(Mode.Enforce, Bounds.DEFAULT, 10, List.of("document")), chroma.port);
        bare = run(unguarded.port, "--direct");
        run(chroma.port, "--direct", "--store");
        guarded = run(guard.port());
    }

    private static ClientMatrix run(int port, String... more) throws Exception {
        Map<String, String> environment = new HashMap<>(RealChroma.environment());
        environment.put("REDOUBT_KEY", Guards.KEY);
        environment.put("REDOUBT_OTHER_KEY", Guards.SLOW_KEY);
        List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(port)));
        arguments.addAll(List.of(more));
        return ClientMatrix.of("chroma.py", environment, arguments.toArray(String[]::new));
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        chroma.close();
        unguarded.close();
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
    void whatWasIngestedIsFoundAgain() {
        assertThat(guarded.operations("allowed"))
                .contains("add", "count", "query(where)", "query(where a person)", "get(ids)", "upsert", "delete(ids)");
        assertThat(guarded.operations("transformed")).containsExactly("get(ids), documents");
        assertThat(guarded.value("query").at("/ids/0/0").textValue()).isEqualTo("t0");
        assertThat(guarded.value("query").at("/documents/0/0").textValue()).isEqualTo("Ticket 0 of <EMAIL_ADDRESS>");
        assertThat(guarded.value("get").get("ids")).hasSize(2);
        assertThat(guarded.value("get").at("/metadatas/0/author").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(guarded.value("get").at("/metadatas/1/number").intValue()).isEqualTo(2);
    }

    @Test
    void noAnswerHoldsAVectorOrMoreThanThePolicyAllows() {
        assertThat(guarded.value("query").at("/ids/0")).hasSize(10);
        assertThat(guarded.value("query").get("embeddings").isNull()).isTrue();
        assertThat(guarded.value("get").get("embeddings").isNull()).isTrue();
        for (JsonNode distance : guarded.value("query").at("/distances/0")) {
            assertThat(distance.decimalValue().remainder(new java.math.BigDecimal("0.05")))
                    .isEqualByComparingTo("0");
        }
    }

    @Test
    void aDumpIsRefusedWithTheClientsOwnException() {
        for (String way : List.of("get()", "peek", "get(where)")) {
            assertThat(guarded.error(way)).as(way).isEqualTo("ChromaAuthError");
            assertThat(guarded.text(way)).as(way).contains("retrieval.bulkExport");
        }
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptionsAndNeverTellTheText() {
        assertThat(guarded.error("add(card)")).isEqualTo("ChromaAuthError");
        assertThat(guarded.text("add(card)")).contains("CREDIT_CARD").doesNotContain("4111");
        assertThat(guarded.error("delete_collection")).isEqualTo("ChromaAuthError");
        assertThat(guarded.text("stranger")).contains("The client is not known");
        assertThat(guarded.error("add(wrong dimension)")).isEqualTo("InvalidArgumentError");
        assertThat(guarded.error("missing collection")).isEqualTo("NotFoundError");
    }

    @Test
    void anErrorThatEchoesTheRequestIsRedacted() {
        assertThat(guarded.value("echo").get(0).intValue()).isEqualTo(422);
        assertThat(guarded.value("echo").get(1).textValue())
                .contains("expected f32")
                .doesNotContain("ann.lee");
    }

    @Test
    void aClientThatMayNotOpenSealedFieldsSeesThemSealed() {
        assertThat(guarded.value("sealed").at("/documents/0").textValue()).startsWith("rdbt1.1.");
        assertThat(guarded.value("sealed").at("/metadatas/0/author").textValue())
                .isEqualTo("<EMAIL_ADDRESS>");
    }

    @Test
    void theStoresFilesHoldNeitherThePersonalDataNorTheSealedText() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContainPattern("person[0-9]+@")
                        .doesNotContain("Ticket ");
            }
        }
    }
}
