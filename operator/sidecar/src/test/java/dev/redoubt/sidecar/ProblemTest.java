package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.profiles.Profile.ErrorShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final Problem PROBLEM = Problem.of(Reason.RateLimited, "wait", "clients.limits.requestsPerMinute");

    private static JsonNode body(Problem problem, ErrorShape shape) throws IOException {
        return new ObjectMapper().readTree(problem.body(shape));
    }

    @Test
    void everyShapeHasTheMembersOfAProblem() throws IOException {
        for (ErrorShape shape : ErrorShape.values()) {
            JsonNode body = body(PROBLEM, shape);
            assertThat(body.get("type").textValue()).isEqualTo("urn:redoubt:problem:rate-limited");
            assertThat(body.get("title").textValue()).isNotEmpty();
            // Qdrant's errors have a status of their own, and the one of HTTP says it already
            assertThat(body.get("status").intValue()).isEqualTo(shape == ErrorShape.Qdrant ? 0 : 429);
            assertThat(body.get("detail").textValue()).isEqualTo("wait");
            assertThat(body.get("rule").textValue()).isEqualTo("clients.limits.requestsPerMinute");
        }
    }

    @Test
    void chromasClientFindsTheNameOfItsException() throws IOException {
        JsonNode body = body(PROBLEM, ErrorShape.Chroma);
        assertThat(body.get("error").textValue()).isEqualTo("RateLimitError");
        assertThat(body.get("message").textValue()).contains("rate limit").contains("clients.limits");
        assertThat(body(Problem.of(Reason.Unauthenticated), ErrorShape.Chroma)
                        .get("error")
                        .textValue())
                .isEqualTo("AuthorizationError");
    }

    @Test
    void openSearchsClientFindsTypeReasonAndStatusInATypeThatItParses() throws IOException {
        JsonNode body = body(PROBLEM, ErrorShape.OpenSearch);
        assertThat(body.at("/error/type").textValue()).isEqualTo("redoubt_rate_limited");
        assertThat(body.at("/error/reason").textValue()).contains("rate limit").contains("clients.limits");
        assertThat(body.at("/error/root_cause/0/type").textValue()).isEqualTo("redoubt_rate_limited");
        assertThat(Problem.mediaType(ErrorShape.OpenSearch)).isEqualTo("application/json");
    }

    @Test
    void openAisClientFindsMessageTypeAndCode() throws IOException {
        JsonNode error = body(PROBLEM, ErrorShape.OpenAi).get("error");
        assertThat(error.get("message").textValue()).contains("rate limit");
        assertThat(error.get("type").textValue()).isEqualTo("rate_limit_error");
        assertThat(error.get("code").textValue()).isEqualTo("rate-limited");
        assertThat(error.get("param").isNull()).isTrue();
    }

    @Test
    void milvusClientFindsCodeAndReasonInTheAnswersStatus() throws IOException {
        JsonNode body = body(PROBLEM, ErrorShape.Milvus);
        assertThat(body.get("code").intValue()).isEqualTo(8);
        assertThat(body.get("message").textValue()).contains("rate limit");
        byte[] reason = PROBLEM.message().getBytes(StandardCharsets.UTF_8);
        byte[] status = PROBLEM.message(ErrorShape.Milvus, "Status").orElseThrow();
        assertThat(status).startsWith(1 << 3, 49, 2 << 3 | 2, reason.length).endsWith(3 << 3, 8);
        assertThat(PROBLEM.message(ErrorShape.Milvus, "SearchResults").orElseThrow())
                .startsWith(1 << 3 | 2, status.length)
                .endsWith(status);
        assertThat(PROBLEM.message(ErrorShape.Chroma, "Status")).isEmpty();
    }

    @Test
    void qdrantsClientsFindTheTextOfTheError() throws IOException {
        JsonNode body = body(PROBLEM, ErrorShape.Qdrant);
        assertThat(body.at("/status/error").textValue()).contains("rate limit").contains("clients.limits");
        assertThat(body.get("time").isNumber()).isTrue();
    }

    @Test
    void ollamasClientFindsTheText() throws IOException {
        assertThat(body(PROBLEM, ErrorShape.Ollama).get("error").textValue()).contains("rate limit");
    }

    @Test
    void huggingFacesClientFindsAKindThatItKnowsOrNone() throws IOException {
        assertThat(body(PROBLEM, ErrorShape.Tgi).get("error_type").textValue()).isEqualTo("overloaded");
        assertThat(body(PROBLEM.status(422), ErrorShape.Tgi).get("error_type").textValue())
                .isEqualTo("validation");
        assertThat(body(PROBLEM.status(502), ErrorShape.Tgi).get("error_type").textValue())
                .isEqualTo("generation");
        assertThat(body(PROBLEM.status(403), ErrorShape.Tgi).has("error_type")).isFalse();
    }
}
