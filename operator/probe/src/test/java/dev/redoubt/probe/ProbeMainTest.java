package dev.redoubt.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ProbeMainTest {
    private static final String SPEC =
            """
            {"test": "nightly", "runId": "r1", "seed": 42, "pipelineRevision": "abc", "profile": "Chroma",
             "store": {"host": "127.0.0.1", "port": %d, "revision": "revision-of-the-store"}, "model": null, "attackerName": "assistant",
             "restrictedEntities": ["EMAIL_ADDRESS"], "probes": ["Canary"], "budget": {"queries": 5000, "seconds": 120}}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeKeys() throws IOException {
        Files.writeString(folder.resolve("attacker"), "the-attackers-key\n");
        Files.writeString(folder.resolve("writer"), "the-writers-key\n");
    }

    @Test
    void reportIsTheLastLineAndTheSummaryFitsATerminationMessage() throws Exception {
        try (StandInStore store = new StandInStore()) {
            assertThat(run(SPEC.formatted(store.endpoint().port()))).isZero();
        }
        String[] lines = out.toString(UTF_8).split("\n");
        String last = lines[lines.length - 1];
        assertThat(last).startsWith("REDOUBT-REPORT {");
        JsonNode report = new ObjectMapper().readTree(last.substring("REDOUBT-REPORT ".length()));
        assertThat(report.at("/run/test").asText()).isEqualTo("nightly");
        assertThat(report.at("/verdict").asText()).isEqualTo("Fail");
        assertThat(report.at("/digest").asText()).hasSize(64);
        assertThat(report.at("/probes/0/spent/queries").intValue()).isPositive();

        byte[] message = Files.readAllBytes(folder.resolve("termination"));
        assertThat(message.length).isLessThanOrEqualTo(4096);
        JsonNode summary = new ObjectMapper().readTree(message);
        assertThat(summary.at("/digest")).isEqualTo(report.at("/digest"));
        assertThat(summary.at("/probes/0").has("details")).isFalse();
        assertThat(out.toString(UTF_8) + err).doesNotContain("s-key").doesNotContain("@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"Canary\"; \"Telepathy\"; there is no probe Telepathy",
                "\"Chroma\"; \"Qdrant\"; profile is not Chroma",
                "\"test\":; \"toast\":1,\"test\":; toast",
                "\"nightly\"; \"../etc\"; test is not the name of a Kubernetes object",
                "[\"Canary\"]; []; probes names no probe",
                "5000; -1; budget is negative",
                "%d; 0; port is not a TCP port",
                "[\"Canary\"],; [\"Canary\"]; the run specification is not valid"
            })
    void unusableSpecificationEndsWithStatusTwoAndASentence(String part, String replacement, String sentence)
            throws Exception {
        assertThat(run(SPEC.replace(part, replacement).replace("%d", "1"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(sentence);
    }

    @Test
    void missingKeyEndsWithStatusTwoAndNamesTheFile() throws Exception {
        Files.delete(folder.resolve("writer"));
        assertThat(run(SPEC.formatted(1))).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("there is no API key in the file")
                .contains("writer");
    }

    private int run(String spec) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.json"), spec);
        Map<String, String> environment = Map.of(
                ProbeMain.TERMINATION_MESSAGE_PATH,
                folder.resolve("termination").toString());
        ProbeMain main =
                new ProbeMain(environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new CommandLine(main).execute("--spec", file.toString(), "--keys", folder.toString());
    }
}
