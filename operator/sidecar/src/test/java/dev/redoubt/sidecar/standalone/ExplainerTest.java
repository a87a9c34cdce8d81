package dev.redoubt.sidecar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that were captured from Chroma's official client, explained. */
class ExplainerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUERY = "/api/v2/tenants/default_tenant/databases/default_database/collections/"
            + "5b3137bb-d158-415b-a248-6b1326d7dd61/query";

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Folders.with(folder, Folders.CHROMA.formatted("8000"));
    }

    private static Path fixtures() {
        return Path.of(System.getProperty("redoubt.root"), "operator/wire/src/test/resources/chroma");
    }

    private static Stream<Path> captured() throws IOException {
        try (Stream<Path> files = Files.list(fixtures())) {
            List<Path> requests = files.filter(file -> file.toString().endsWith(".request.json"))
                    .sorted()
                    .toList();
            assertThat(requests).hasSizeGreaterThan(20);
            return requests.stream();
        }
    }

    private static byte[] text(Path captured) throws IOException {
        JsonNode request = JSON.readTree(captured.toFile());
        StringBuilder text = new StringBuilder();
        text.append(request.get("method").asText() + " " + request.get("path").asText() + " HTTP/1.1\n");
        request.get("headers")
                .properties()
                .forEach(header ->
                        text.append(header.getKey() + ": " + header.getValue().asText() + "\n"));
        JsonNode body = request.get("body");
        text.append("\n")
                .append(body == null || body.isNull() || body.asText().equals("") && body.isTextual() ? "" : body);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Explanation explain(String client, byte[] request) throws Exception {
        return new Explainer(config).explain("request.http", request, null, client);
    }

    @ParameterizedTest
    @MethodSource("captured")
    void everyCapturedRequestEndsInADecision(Path captured) throws Exception {
        Explanation explanation = explain("assistant", text(captured));
        assertThat(explanation.lines()).anyMatch(line -> line.startsWith("route      "));
        String decision = explanation.lines().get(explanation.lines().size() - 1);
        assertThat(decision).startsWith("decision   " + (explanation.refused() ? "refused with " : "passes"));
    }

    @Test
    void aQueryThatAsksForTooMuchIsChanged() throws Exception {
        byte[] request = text(fixtures().resolve("11-query-all-includes.request.json"));
        byte[] greedy = new String(request, StandardCharsets.UTF_8)
                .replace("\"n_results\":2", "\"n_results\":50")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(explain("assistant", greedy))
                .isEqualTo(new Explanation(
                        List.of(
                                "target     docs (Chroma, Enforce)",
                                "route      query (POST /api/v2/tenants/{tenant}/databases/{database}/collections/"
                                        + "{collection}/query)",
                                "client     assistant",
                                "operation  Query",
                                "redaction  at Query: EMAIL_ADDRESS -> Replace; CREDIT_CARD -> Block",
                                "redaction  at Retrieve: EMAIL_ADDRESS -> Replace",
                                "answer     at most 5 results, vectors removed, scores removed",
                                "found      limit to lower or set, once",
                                "changed    body.n_results becomes 5",
                                "decision   passes, changed"),
                        false));
    }

    private static byte[] query(String headers, String where) {
        return ("POST " + QUERY + " HTTP/1.1\nHost: a\nContent-Type: application/json\n" + headers
                        + "\n{\"query_embeddings\": [[1]], \"n_results\": 5, \"where\": {\"note\": \"" + where
                        + "\"}}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theKeyOfTheRequestTellsTheClientAndIsNotRepeated() throws Exception {
        Explanation explanation = explain(null, query("X-Chroma-Token: " + Folders.KEY + "\n", "x"));
        assertThat(explanation.lines()).contains("client     assistant", "decision   passes as it is");
        assertThat(explanation.lines()).noneMatch(line -> line.contains(Folders.KEY));
    }

    @Test
    void whatIsRedactedIsShownAsItIsSentAndNeverAsItWas() throws Exception {
        Explanation explanation = explain("assistant", query("", "bob@example.com"));
        assertThat(explanation.lines())
                .contains(
                        "found      EMAIL_ADDRESS at Query, once: Replace",
                        "changed    body.where.note becomes \"<EMAIL_ADDRESS>\"")
                .noneMatch(line -> line.contains("bob"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | x | refused with 401 Unauthenticated: The client is not known",
                "'X-Chroma-Token: another' | x | refused with 401 Unauthenticated: The client is not known",
                "'X-Chroma-Token: KEY' | 4111 1111 1111 1111 | refused with 403 EntityBlocked: The message holds text that"
                        + " the policy blocks (rule CREDIT_CARD)",
                "'Content-Encoding: br|X-Chroma-Token: KEY' | x | refused with 415 UnsupportedEncoding: The content"
                        + " encoding of the request is not supported: send the body without compression or with gzip",
                "'Host: b' | x | refused with 400 MalformedRequest: The request is malformed",
            })
    void aRefusalSaysWhy(String header, String where, String decision) throws Exception {
        String headers =
                header.isEmpty() ? "" : header.replace("KEY", Folders.KEY).replace("|", "\n") + "\n";
        Explanation explanation = explain(null, query(headers, where));
        assertThat(explanation.refused()).isTrue();
        assertThat(explanation.lines()).endsWith("decision   " + decision);
    }

    @Test
    void whatIsOnlyObservedPassesAndSaysWhatWouldHaveBeenRefused() throws Exception {
        Folders.write(config, "mode: Observe\n" + Folders.CHROMA.formatted("8000"));
        Explanation explanation = explain(null, query("", "4111 1111 1111 1111"));
        assertThat(explanation.refused()).isFalse();
        assertThat(explanation.lines())
                .contains(
                        "decision   would be refused with 401 Unauthenticated: The client is not known",
                        "decision   passes as it is, because the policy is only observed")
                .anyMatch(line -> line.contains("EntityBlocked"));
    }

    @Test
    void whatIsNoRequestIsRefusedByLine() {
        assertThatThrownBy(() -> explain(null, "hello".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("request.http:1:1: a request line is expected, such as GET /path HTTP/1.1");
        assertThatThrownBy(() -> explain(null, "GET / HTTP/1.1\nHost: a\nhunter2\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("request.http:3:1: a header field or an empty line is expected, such as Host: chroma:8000");
        assertThatThrownBy(() ->
                        explain(null, "GET / HTTP/1.1\nTransfer-Encoding: chunked\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("request.http:2:1: write the body as it is, without Transfer-Encoding");
    }

    @Test
    void explainingMakesNoKeys() throws Exception {
        Files.delete(folder.resolve("keyring.json"));
        explain("assistant", query("", "x"));
        assertThat(folder.resolve("keyring.json")).doesNotExist();
    }

    @Test
    void whoWouldBeAskedAndIsNotIsTold() throws Exception {
        Path asking = Folders.with(
                folder,
                Folders.CHROMA.formatted("8000")
                        + "  recognizers: [{name: presidio, service: {name: presidio, port: 3000}, entities: [PERSON,"
                        + " EMAIL_ADDRESS]}]\n");
        byte[] request = ("POST " + QUERY + " HTTP/1.1\nHost: a\nContent-Type: application/json\n\n"
                        + "{\"query_embeddings\": [[1.0]]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(new Explainer(asking)
                        .explain("r", request, null, "assistant")
                        .lines())
                .contains("not asked  at Query: recognizer presidio for EMAIL_ADDRESS");
    }
}
