package dev.redoubt.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.RouteGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Editing whole messages, all of which are validated on the way. */
@State(Scope.Thread)
public class JsonBenchmark {
    static final int RECORDS = 32;
    static final int DIMENSIONS = 1536;
    static final int CHAT_BYTES = 1 << 20;

    private static final JsonFactory JACKSON = new JsonFactory();

    final byte[] records = records();
    final byte[] chat = Texts.chat(CHAT_BYTES);

    private final MessageContext context = MessageContext.of(Map.of("tenant", "t", "collection", "c"), null);
    private final RouteGuard dropping = Guards.records(Redaction.NONE);
    private final RouteGuard droppingAndRedacting = Guards.records(Guards.common(Action.Replace));
    private final RouteGuard walkingChat = Guards.chat(Redaction.NONE);
    private final RouteGuard redactingChat = Guards.chat(Guards.common(Action.Replace));

    @Benchmark
    public Outcome dropVectors() {
        return forwarded(dropping.response(records, context));
    }

    @Benchmark
    public Outcome dropVectorsAndRedact() {
        return forwarded(droppingAndRedacting.response(records, context));
    }

    @Benchmark
    public Outcome walkChat() {
        return forwarded(walkingChat.read(chat).apply(context));
    }

    @Benchmark
    public Outcome redactChat() {
        return forwarded(redactingChat.read(chat).apply(context));
    }

    /** Jackson, event by event, leaving out the same vectors. */
    @Benchmark
    public byte[] jacksonDropsVectors() throws IOException {
        return jackson(records);
    }

    /** Jackson, event by event, changing nothing. */
    @Benchmark
    public byte[] jacksonCopiesChat() throws IOException {
        return jackson(chat);
    }

    private static byte[] jackson(byte[] document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length);
        try (JsonParser parser = JACKSON.createParser(document);
                JsonGenerator generator = JACKSON.createGenerator(out)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME && "embeddings".equals(parser.currentName())) {
                    parser.nextToken();
                    parser.skipChildren();
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        }
        return out.toByteArray();
    }

    private static Outcome forwarded(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw new IllegalStateException("refused: " + refused.refusal());
        }
        return outcome;
    }

    private static byte[] records() {
        Random random = new Random(7);
        StringBuilder ids = new StringBuilder();
        StringBuilder vectors = new StringBuilder();
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < RECORDS; i++) {
            String comma = i == 0 ? "" : ",";
            ids.append(comma).append("\"id-").append(i).append('"');
            vectors.append(comma).append('[');
            for (int j = 0; j < DIMENSIONS; j++) {
                vectors.append(j == 0 ? "" : ",").append(random.nextGaussian() * 0.05);
            }
            vectors.append(']');
            documents.append(comma).append('"');
            Texts.sentences(random, documents, 6);
            documents.append('"');
        }
        String answer = "{\"ids\":[" + ids + "],\"embeddings\":[" + vectors + "],\"documents\":[" + documents
                + "],\"uris\":null,\"metadatas\":null,\"include\":[\"documents\",\"embeddings\"]}";
        return answer.getBytes(StandardCharsets.UTF_8);
    }
}
