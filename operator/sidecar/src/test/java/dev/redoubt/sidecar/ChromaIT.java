package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private RealChroma chroma;
    private GuardFixture guard;
    private JsonNode seen;

    @BeforeAll
    void useTheClient() throws Exception {
        chroma = new RealChroma(directory);
        guard = new GuardFixture(Guards.chroma(Mode.Enforce, Bounds.DEFAULT, 10, List.of("document")), chroma.port);
        String output = Program.run(
                List.of("python3", script(), Integer.toString(guard.port()), Guards.KEY, Guards.SLOW_KEY),
                RealChroma.environment());
        seen = new ObjectMapper().readTree(output);
    }

    private static String script() throws URISyntaxException {
        return Path.of(ChromaIT.class.getResource("/clients/chroma.py").toURI()).toString();
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        chroma.close();
    }

    @Test
    void whatWasIngestedIsFoundAgain() {
        assertThat(seen.get("count").intValue()).isEqualTo(20);
        assertThat(seen.at("/query/value/ids/0/0").textValue()).isEqualTo("t0");
        assertThat(seen.at("/query/value/documents/0/0").textValue()).isEqualTo("Ticket 0 of <EMAIL_ADDRESS>");
        assertThat(seen.at("/get/value/ids")).hasSize(2);
        assertThat(seen.at("/get/value/metadatas/0/author").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(seen.at("/get/value/metadatas/1/number").intValue()).isEqualTo(2);
        assertThat(seen.get("upsert").has("value")).isTrue();
        assertThat(seen.get("deleted").has("value")).isTrue();
    }

    @Test
    void noAnswerHoldsAVectorOrMoreThanThePolicyAllows() {
        assertThat(seen.at("/query/value/ids/0")).hasSize(10);
        assertThat(seen.at("/query/value/embeddings").isNull()).isTrue();
        assertThat(seen.at("/get/value/embeddings").isNull()).isTrue();
        for (JsonNode distance : seen.at("/query/value/distances/0")) {
            assertThat(distance.decimalValue().remainder(new java.math.BigDecimal("0.05")))
                    .isEqualByComparingTo("0");
        }
    }

    @Test
    void aDumpIsRefusedWithTheClientsOwnException() {
        for (String way : List.of("dump", "peek")) {
            assertThat(seen.at("/" + way + "/type").textValue()).as(way).isEqualTo("ChromaAuthError");
            assertThat(seen.at("/" + way + "/text").textValue()).as(way).contains("retrieval.bulkExport");
        }
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptionsAndNeverTellTheText() {
        assertThat(seen.at("/card/type").textValue()).isEqualTo("ChromaAuthError");
        assertThat(seen.at("/card/text").textValue()).contains("CREDIT_CARD").doesNotContain("4111");
        assertThat(seen.at("/drop/type").textValue()).isEqualTo("ChromaAuthError");
        assertThat(seen.at("/stranger/text").textValue()).contains("The client is not known");
        assertThat(seen.at("/dimension/type").textValue()).isEqualTo("InvalidArgumentError");
        assertThat(seen.at("/missing/type").textValue()).isEqualTo("NotFoundError");
    }

    @Test
    void anErrorThatEchoesTheRequestIsRedacted() {
        assertThat(seen.at("/echo/status").intValue()).isEqualTo(422);
        assertThat(seen.at("/echo/body").textValue()).contains("expected f32").doesNotContain("ann.lee");
    }

    @Test
    void aClientThatMayNotOpenSealedFieldsSeesThemSealed() {
        assertThat(seen.at("/other/value/documents/0").textValue()).startsWith("rdbt1.1.");
        assertThat(seen.at("/other/value/metadatas/0/author").textValue()).isEqualTo("<EMAIL_ADDRESS>");
    }

    @Test
    void theStoresFilesHoldNeitherThePersonalDataNorTheSealedText() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("@example.com")
                        .doesNotContain("Ticket ");
            }
        }
    }
}
