package dev.redoubt.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sidecar.recognizer.StubAnalyzer;
import dev.redoubt.sidecar.standalone.Folders;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line in this process: exit codes, results, messages. */
class GuardMainTest {
    private static final Path ROOT = Path.of(System.getProperty("redoubt.root"));
    private static final String POLICY = ROOT.resolve("crds/src/main/resources/examples/redactionpolicy.yaml")
            .toString();

    @TempDir
    private Path folder;

    private String out;
    private String err;

    private int run(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringWriter result = new StringWriter();
        StringWriter messages = new StringWriter();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        // picocli takes a stream that was exchanged afterwards for one that it was told to write to
        CommandLine line = GuardMain.commandLine();
        line.setOut(new PrintWriter(result)).setErr(new PrintWriter(messages));
        try {
            return line.execute(arguments);
        } finally {
            System.setOut(before);
            out = result + bytes.toString(StandardCharsets.UTF_8);
            err = messages.toString();
        }
    }

    private String lines(String content) throws IOException {
        return Folders.write(folder.resolve("texts.jsonl"), content).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "redact", "explain"})
    void theHelpThatIsDocumentedIsTheHelpThatIsGiven(String name) throws IOException {
        assertThat(name.isEmpty() ? run("--help") : run(name, "--help")).isZero();
        assertThat(Files.readString(ROOT.resolve("docs/standalone.md"))).contains("```\n" + out + "```\n");
        assertThat(out).doesNotContain("\u001b");
    }

    @Test
    void redactingWritesTextsAndSpans() throws IOException {
        String input = lines("{\"text\":\"mail bob@example.com\"}\n");
        assertThat(run("redact", "--policy", POLICY, input)).isZero();
        assertThat(out)
                .matches("\\{\"text\":\"mail <EMAIL_ADDRESS:[a-z2-7]{13}>\",\"spans\":\\[\\{\"entity_type\":"
                        + "\"EMAIL_ADDRESS\",\"start\":5,\"end\":20,\"score\":1.0}]}\n");
        assertThat(err).contains("tokens and hashes are of this run only");
    }

    @Test
    void tokensOfOneKeyRingAreEqual() throws IOException {
        Folders.with(folder, "");
        String input = lines("{\"text\":\"bob@example.com\"}\n");
        String keyring = folder.resolve("keyring.json").toString();
        assertThat(run("redact", "--policy", POLICY, "--keyring", keyring, input))
                .isZero();
        String first = out;
        assertThat(err).isEmpty();
        assertThat(run("redact", "--policy", POLICY, "--keyring", keyring, input))
                .isZero();
        assertThat(out).isEqualTo(first);
    }

    @Test
    void aBlockedTextHasAnExitCodeOfItsOwn() throws IOException {
        String input = lines("{\"text\":\"AKIAIOSFODNN7EXAMPLE\"}\n{\"text\":\"fine\"}\n");
        assertThat(run("redact", "--policy", POLICY, input)).isEqualTo(4);
        assertThat(out).startsWith("{\"text\":null,\"blocked\":true,").endsWith("{\"text\":\"fine\",\"spans\":[]}\n");
        assertThat(err).contains("a rule blocks 1 of the texts").doesNotContain("AKIA");
        assertThat(run("redact", "--policy", POLICY, "--at", "Query", input)).isZero();
    }

    @Test
    void aFaultyInputHasItsLineAndWhatWasBeforeItIsWritten() throws IOException {
        String input = lines("{\"text\":\"fine\"}\nhunter2\n");
        assertThat(run("redact", "--policy", POLICY, input)).isEqualTo(3);
        assertThat(out).isEqualTo("{\"text\":\"fine\",\"spans\":[]}\n");
        assertThat(err).contains(input + ":2:").doesNotContain("hunter2");
    }

    @Test
    void aFaultyPolicyHasItsLineAndColumn() throws IOException {
        Path policy = Folders.write(
                folder.resolve("policy.yaml"), Files.readString(Path.of(POLICY)).replace("allow:", "alow:"));
        assertThat(run("redact", "--policy", policy.toString(), lines(""))).isEqualTo(3);
        assertThat(err).startsWith("redoubt-guard: " + policy + ":13:3: unknown field alow; known are rules,");
    }

    @Test
    void aRecogniserOfThePolicyIsAskedWhereItsServiceIs() throws IOException {
        Path policy = Folders.write(
                folder.resolve("policy.yaml"),
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RedactionPolicy
                metadata: {name: names}
                spec:
                  rules: [{entities: [PERSON], at: [Ingest], action: Replace}]
                  recognizers: [{name: names, service: {name: presidio, port: 3000}, entities: [PERSON]}]
                """);
        String input = lines("{\"text\":\"by zhāng wei\"}\n");
        Vertx vertx = Vertx.vertx();
        try {
            StubAnalyzer stub = new StubAnalyzer(vertx);
            String service = "presidio=127.0.0.1:" + stub.port();
            assertThat(run("redact", "--policy", policy.toString(), "--service", service, input))
                    .isZero();
            assertThat(out).contains("\"by <PERSON>\"");
            stub.does(request -> request.response().setStatusCode(500).end());
            assertThat(run("redact", "--policy", policy.toString(), "--service", service, input))
                    .isEqualTo(1);
            assertThat(out).isEmpty();
            assertThat(err).endsWith("texts.jsonl:1: the recogniser names did not judge this text (status)\n");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        assertThat(run("redact", "--policy", policy.toString(), "--service", "presidio=http://x", input))
                .isEqualTo(2);
    }

    @Test
    void aPolicyWithEntitiesOfItsOwnIsTriedBeforeItIsUsed() throws IOException {
        String policy =
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RedactionPolicy
                metadata: {name: company}
                spec:
                  rules:
                  - {entities: [EMPLOYEE_ID, CODENAME], at: [Prompt], action: Replace}
                  entities:
                  - {name: EMPLOYEE_ID, pattern: 'E-\\d{6}', examples: [%s]}
                  - {name: CODENAME, words: [Blue Heron], score: "0.9"}
                """;
        String good = Folders.write(folder.resolve("good.yaml"), policy.formatted("E-123456"))
                .toString();
        String bad = Folders.write(folder.resolve("bad.yaml"), policy.formatted("E-12"))
                .toString();
        String input = lines("{\"text\":\"E-654321 knows blue heron\"}\n");
        assertThat(run("redact", "--policy", good, input)).isZero();
        assertThat(out)
                .isEqualTo("{\"text\":\"<EMPLOYEE_ID> knows <CODENAME>\",\"spans\":["
                        + "{\"entity_type\":\"EMPLOYEE_ID\",\"start\":0,\"end\":8,\"score\":1.0},"
                        + "{\"entity_type\":\"CODENAME\",\"start\":15,\"end\":25,\"score\":0.9}]}\n");
        assertThat(run("redact", "--policy", bad, input)).isEqualTo(3);
        assertThat(err).isEqualTo("redoubt-guard: " + bad + ":8:5: EMPLOYEE_ID: examples[0] is not found\n");
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        assertThat(run("redact", "--policy", "/none.yaml", lines(""))).isEqualTo(3);
        assertThat(err).isEqualTo("redoubt-guard: /none.yaml:1:1: the file /none.yaml does not exist\n");
        assertThat(run("redact", "--policy", POLICY, "/none.jsonl")).isEqualTo(1);
        assertThat(err).contains("/none.jsonl cannot be read");
    }

    @Test
    void aWrongCommandLineIsTwo() {
        assertThat(run("redact")).isEqualTo(2);
        assertThat(run("explain", "--confg", "x")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("redact", "--policy", POLICY, "--at", "Everywhere")).isEqualTo(2);
    }

    @Test
    void servingAFaultyConfigurationIsThree() throws IOException {
        Path config = Folders.with(folder, Folders.CHROMA.formatted("8000") + "rubbish: 1\n");
        assertThat(run("serve", "--config", config.toString())).isEqualTo(3);
        assertThat(err).startsWith("redoubt-guard: " + config + ":18:1: unknown field rubbish;");
    }

    @Test
    void explainingTellsByItsExitCodeWhetherTheRequestPasses() throws IOException {
        String config = Folders.with(folder, Folders.CHROMA.formatted("8000")).toString();
        String request = Folders.write(folder.resolve("request.http"), "GET /api/v2/version HTTP/1.1\nHost: a\n")
                .toString();
        assertThat(run("explain", "--config", config, "--as", "assistant", request))
                .isZero();
        assertThat(out).contains("decision   passes as it is");
        assertThat(run("explain", "--config", config, request)).isEqualTo(4);
        assertThat(out).contains("decision   refused with 401");
        assertThat(run("explain", "--config", config, "--as", "nobody", request))
                .isEqualTo(2);
        assertThat(err).isEqualTo("redoubt-guard: no client is named nobody\n");
        assertThat(run("explain", "--config", config, "/none.http")).isEqualTo(1);
    }
}
