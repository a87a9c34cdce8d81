package dev.redoubt.sidecar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.redoubt.profiles.Profile.ErrorShape;
import dev.redoubt.wire.Refusal;
import dev.redoubt.wire.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a request is refused, as its sender is told: RFC 9457 problem details, inside the engine's own shape of an
 * error, so that official clients raise their ordinary exceptions. Detail and rule are the guard's own words; nothing
 * that came in a message is ever part of them.
 *
 * @param reason name of a {@link Reason} or of one of wire's reasons: what audit and metrics call it
 * @param title one sentence for people, the same for every occurrence
 * @param status HTTP status
 * @param detail what to do about it; {@code null} where the title says it all
 * @param rule the part of the pipeline that decided, such as {@code retrieval.bulkExport}; {@code null} for none
 * @param retryAfter seconds to wait; 0 for no hint
 */
record Problem(String reason, String title, int status, String detail, String rule, long retryAfter) {
    private static final String TYPE_PREFIX = "urn:redoubt:problem:";
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final JsonFactory JSON = new JsonFactory();

    Problem {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(title, "title");
    }

    static Problem of(Refusal refusal) {
        RefusalReason reason = refusal.reason();
        return new Problem(reason.name(), reason.title(), reason.status(), null, refusal.rule(), 0);
    }

    static Problem of(Reason reason) {
        return of(reason, null, null);
    }

    static Problem of(Reason reason, String detail, String rule) {
        return new Problem(reason.name(), reason.title(), reason.status(), detail, rule, 0);
    }

    Problem retryAfter(long seconds) {
        return new Problem(reason, title, status, detail, rule, seconds);
    }

    Problem status(int other) {
        return new Problem(reason, title, other, detail, rule, retryAfter);
    }

    /** Title and detail in one sentence, for clients that show one text. */
    String message() {
        String message = detail == null ? title : title + ": " + detail;
        return rule == null ? message : message + " (rule " + rule + ")";
    }

    boolean is(Reason other) {
        return reason.equals(other.name());
    }

    /** The reason as the last part of the problem's type: {@code rate-limited}. */
    private String slug() {
        return WORD_START.matcher(reason).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** The media type of {@link #body}. Most clients parse error bodies whatever their type; Elasticsearch's does not. */
    static String mediaType(ErrorShape shape) {
        return shape == ErrorShape.OpenSearch ? "application/json" : "application/problem+json";
    }

    /** The body in the engine's shape. */
    byte[] body(ErrorShape shape) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            switch (shape) {
                case Chroma -> {
                    json.writeStringField("error", chromaError());
                    json.writeStringField("message", message());
                }
                case OpenSearch -> {
                    json.writeObjectFieldStart("error");
                    json.writeArrayFieldStart("root_cause");
                    json.writeStartObject();
                    openSearchError(json);
                    json.writeEndObject();
                    json.writeEndArray();
                    openSearchError(json);
                    json.writeEndObject();
                }
                case OpenAi -> {
                    json.writeObjectFieldStart("error");
                    json.writeStringField("message", message());
                    json.writeStringField("type", openAiType());
                    json.writeStringField("code", slug());
                    json.writeNullField("param");
                    json.writeEndObject();
                }
                case Milvus -> {
                    json.writeNumberField("code", MilvusStatus.code(status));
                    json.writeStringField("message", message());
                }
                case Weaviate -> {
                    json.writeArrayFieldStart("error");
                    json.writeStartObject();
                    json.writeStringField("message", message());
                    json.writeEndObject();
                    json.writeEndArray();
                }
                case Qdrant -> {
                    json.writeObjectFieldStart("status");
                    json.writeStringField("error", message());
                    json.writeEndObject();
                    json.writeNumberField("time", 0.0);
                }
                case Ollama -> json.writeStringField("error", message());
                case Tgi -> {
                    json.writeStringField("error", message());
                    if (tgiType() != null) {
                        json.writeStringField("error_type", tgiType());
                    }
                }
                case Problem -> {}
            }
            json.writeStringField("type", TYPE_PREFIX + slug());
            json.writeStringField("title", title);
            if (shape != ErrorShape.Qdrant) {
                json.writeNumberField("status", status);
            }
            if (detail != null) {
                json.writeStringField("detail", detail);
            }
            if (rule != null) {
                json.writeStringField("rule", rule);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * The message by which a call of gRPC is told of the problem; empty where the engine has none, and the call's own
     * status tells it.
     *
     * @param type of the answer's message
     */
    Optional<byte[]> message(ErrorShape shape, String type) {
        return shape == ErrorShape.Milvus
                ? Optional.of(new MilvusStatus(status, message()).messageOf(type))
                : Optional.empty();
    }

    /** Names of {@code chromadb.errors.error_types}; the client raises the exception of that name. */
    private String chromaError() {
        return switch (status) {
            case 401 -> "AuthorizationError";
            case 403 -> "AuthError";
            case 404 -> "NotFoundError";
            case 413 -> "BatchSizeExceededError";
            case 429 -> "RateLimitError";
            default -> status < 500 ? "InvalidArgumentError" : "InternalError";
        };
    }

    /** The client chooses its exception by status; the type is what it calls the error. */
    private void openSearchError(JsonGenerator json) throws IOException {
        json.writeStringField("type", "redoubt_" + slug().replace('-', '_'));
        json.writeStringField("reason", message());
    }

    /**
     * Names by which {@code huggingface_hub} chooses its exception; where there is none it chooses by status, and of
     * one that it does not know it makes an unknown error.
     */
    private String tgiType() {
        return switch (status) {
            case 401, 403, 404 -> null;
            case 429 -> "overloaded";
            default -> status < 500 ? "validation" : "generation";
        };
    }

    /** The client chooses its exception by status; the type is for people. */
    private String openAiType() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
