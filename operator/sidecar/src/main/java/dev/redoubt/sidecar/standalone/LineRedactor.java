package dev.redoubt.sidecar.standalone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.spec.Place;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Confidence;
import dev.redoubt.redact.Finding;
import dev.redoubt.redact.RedactedText;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.Span;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.sidecar.recognizer.Recognizers;
import dev.redoubt.sidecar.recognizer.Recognizers.Failure;
import dev.redoubt.wire.text.Judgements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Redacts texts that stand in lines of JSON. */
public final class LineRedactor {
    private static final int MOST_BYTES = 32 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final JsonFactory FACTORY =
            new JsonFactory().enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);

    private final Redaction redaction;
    private final Redactor redactor;
    private final Stage stage;
    private final Recognizers recognizers;

    /**
     * Compiles rules.
     *
     * @param stage where the texts are taken to stand; {@code null} for every rule, wherever it applies
     * @param keyring makes tokens and hashes
     * @param recognizers those outside of the guard that the rules ask; {@code null} where they ask none
     */
    public LineRedactor(Redaction redaction, Stage stage, Keyring keyring, Recognizers recognizers) {
        this.recognizers = recognizers;
        this.redaction = redaction;
        this.stage = stage == null ? Stage.Prompt : stage;
        redactor = Redactor.compile(stage == null ? everywhere(redaction) : redaction, TokenKey.of(keyring.token()));
    }

    private static Redaction everywhere(Redaction redaction) {
        List<RedactionRule> rules = redaction.rules().stream()
                .map(rule ->
                        new RedactionRule(rule.entities(), List.of(Stage.Prompt), rule.action(), rule.reversible()))
                .toList();
        return redaction.ruledBy(rules);
    }

    /** Whether any rule applies. */
    public boolean acts() {
        return redactor.acts(stage);
    }

    /**
     * Redacts all lines. Empty ones are left out.
     *
     * @param source name of the input, for messages
     * @return how many texts a rule blocks
     * @throws SpecException where a line is none; what was before it has been written
     * @throws UnjudgedException where a recogniser did not judge a text; what was before it has been written
     * @throws IOException where the input or the output fails
     */
    public int run(String source, InputStream in, OutputStream out, Progress progress)
            throws SpecException, UnjudgedException, IOException {
        int blocked = 0;
        int line = 0;
        byte[] bytes = line(in);
        while (bytes != null) {
            line++;
            if (bytes.length > 0 && !isBlank(bytes)) {
                RedactedText redacted = redact(source, line, bytes, out);
                blocked += redacted.blocked() ? 1 : 0;
            }
            progress.at(line, "lines redacted");
            bytes = line(in);
        }
        out.flush();
        return blocked;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte each : bytes) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() == MOST_BYTES) {
                throw new IOException("a line is longer than " + MOST_BYTES + " bytes");
            }
            line.write(next);
            next = in.read();
        }
        return line.toByteArray();
    }

    private RedactedText redact(String source, int line, byte[] bytes, OutputStream out)
            throws SpecException, UnjudgedException, IOException {
        byte[] utf8 = text(source, line, bytes).getBytes(StandardCharsets.UTF_8);
        RedactedText redacted = redactor.redact(stage, utf8, 0, utf8.length, judged(source, line, utf8));
        ByteArrayOutputStream written = new ByteArrayOutputStream(bytes.length + 64);
        try (JsonGenerator json = FACTORY.createGenerator(written)) {
            json.writeStartObject();
            if (redacted.blocked()) {
                json.writeNullField("text");
                json.writeBooleanField("blocked", true);
            } else {
                json.writeStringField("text", new String(redacted.text(), StandardCharsets.UTF_8));
            }
            json.writeArrayFieldStart("spans");
            writeSpans(json, utf8, redacted.findings());
            json.writeEndArray();
            json.writeEndObject();
        }
        written.write('\n');
        written.writeTo(out);
        return redacted;
    }

    /** What others find in a text. */
    private List<Span> judged(String source, int line, byte[] utf8) throws UnjudgedException {
        Judgements judgements = Judgements.at(stage, redactor, Judgements.of(redactor));
        judgements.of(utf8, 0, utf8.length);
        if (judgements.pending().isEmpty()) {
            return List.of();
        }
        for (Failure failure : recognizers
                .judge(judgements)
                .toCompletionStage()
                .toCompletableFuture()
                .join()) {
            if (failure.recognizer().onError() == OnError.Block) {
                throw new UnjudgedException(source, line, failure);
            }
        }
        return judgements.of(utf8, 0, utf8.length);
    }

    private static String text(String source, int line, byte[] bytes) throws SpecException {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json == null || !json.path("text").isTextual()) {
                throw new SpecException(
                        new Place(source, line, 1), "an object with a text is expected: {\"text\": \"…\"}");
            }
            String text = json.path("text").textValue();
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw new SpecException(new Place(source, line, 1), "the text holds half of a surrogate pair");
            }
            return text;
        } catch (JsonProcessingException e) {
            // its message quotes the text
            int column =
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
            throw new SpecException(new Place(source, line, column), "this is not a line of JSON in UTF-8");
        } catch (IOException e) {
            // a character of UTF-8 that ends with the line
            throw new SpecException(new Place(source, line, 1), "this is not a line of JSON in UTF-8");
        }
    }

    /** Offsets count code points, as Presidio's do, not the bytes of the findings. */
    private void writeSpans(JsonGenerator json, byte[] utf8, List<Finding> findings) throws IOException {
        if (findings.isEmpty()) {
            return;
        }
        int[] codePoints = new int[utf8.length + 1];
        for (int i = 0; i < utf8.length; i++) {
            codePoints[i + 1] = codePoints[i] + ((utf8[i] & 0xC0) == 0x80 ? 0 : 1);
        }
        List<Finding> ordered = findings.stream()
                .sorted(Comparator.comparingInt(Finding::start))
                .toList();
        for (Finding finding : ordered) {
            json.writeStartObject();
            json.writeStringField("entity_type", finding.entity().name());
            json.writeNumberField("start", codePoints[finding.start()]);
            json.writeNumberField("end", codePoints[finding.end()]);
            json.writeNumberField("score", Confidence.of(finding.entity(), redaction));
            json.writeEndObject();
        }
    }
}
