package dev.redoubt.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Retrieval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.function.Supplier;

/** Prints how fast messages are edited; a program to look at, not a test. */
public final class Throughput {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long NANOSECONDS = 1_000_000_000;

    private Throughput() {}

    public static void main(String[] arguments) {
        byte[] vectors = Guarded.bytes(answer(32, 1536));
        byte[] chat = Guarded.bytes(chat(64 << 10));
        RouteGuard plain = Guarded.chroma().withoutRedaction().get();
        RouteGuard redacting = Guarded.chroma().doing(Action.Tokenize).get();
        RouteGuard returning = Guarded.chroma()
                .withoutRedaction()
                .vectors(Retrieval.Vectors.Return)
                .get();
        RouteGuard chatting = Guarded.openAi().doing(Action.Replace).chat();
        RouteGuard walking = Guarded.openAi().withoutRedaction().chat();
        Outcome read = new Outcome.Forward(vectors, Report.EMPTY);
        print("Jackson reads every token", vectors, () -> {
            try (JsonParser parser = FACTORY.createParser(vectors)) {
                while (parser.nextToken() != null) {}
                return read;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        print("validate only, vectors returned", vectors, () -> returning.response(vectors, Guarded.CLOSED));
        print("drop vectors", vectors, () -> plain.response(vectors, Guarded.CLOSED));
        print("drop vectors and redact", vectors, () -> redacting.response(vectors, Guarded.CLOSED));
        print("walk a chat request", chat, () -> walking.read(chat).apply(Guarded.CLOSED));
        print("redact a chat request", chat, () -> chatting.read(chat).apply(Guarded.CLOSED));
        byte[] record = Guarded.bytes("{\"ids\":[\"a\"],\"documents\":[\"" + "x".repeat(1024) + "\"]}");
        RouteGuard sealing =
                Guarded.chroma().withoutRedaction().sealing("document").add();
        print("seal a field of 1 KB", record, () -> sealing.read(record).apply(Guarded.CLOSED));
    }

    private static void print(String what, byte[] body, Supplier<Outcome> work) {
        double best = 0;
        for (int round = 0; round < 4; round++) {
            // time of this thread alone, because others may share the processor
            long start = THREADS.getCurrentThreadCpuTime();
            long end = start + NANOSECONDS;
            long count = 0;
            while (THREADS.getCurrentThreadCpuTime() < end) {
                if (!(work.get() instanceof Outcome.Forward)) {
                    throw new IllegalStateException("refused");
                }
                count++;
            }
            best = Math.max(best, count * (double) body.length / (THREADS.getCurrentThreadCpuTime() - start) * 1000);
        }
        System.out.printf("%-34s %8.0f MB/s  %9.2f µs each of %d bytes%n", what, best, body.length / best, body.length);
    }

    private static String answer(int records, int dimensions) {
        Random random = new Random(7);
        StringBuilder ids = new StringBuilder();
        StringBuilder vectors = new StringBuilder();
        StringBuilder documents = new StringBuilder();
        StringBuilder metadatas = new StringBuilder();
        for (int i = 0; i < records; i++) {
            String comma = i == 0 ? "" : ",";
            ids.append(comma).append("\"id-").append(i).append('"');
            vectors.append(comma).append('[');
            for (int j = 0; j < dimensions; j++) {
                vectors.append(j == 0 ? "" : ",").append(random.nextGaussian() * 0.05);
            }
            vectors.append(']');
            documents.append(comma).append('"').append(text(random, 600)).append('"');
            metadatas
                    .append(comma)
                    .append("{\"source\":\"ticket-")
                    .append(i)
                    .append("\",\"mail\":\"user")
                    .append(i)
                    .append("@example.com\",\"n\":")
                    .append(i)
                    .append('}');
        }
        return "{\"ids\":[" + ids + "],\"embeddings\":[" + vectors + "],\"documents\":[" + documents
                + "],\"uris\":null," + "\"metadatas\":[" + metadatas
                + "],\"include\":[\"documents\",\"metadatas\",\"embeddings\"]}";
    }

    private static String chat(int bytes) {
        Random random = new Random(8);
        StringBuilder messages = new StringBuilder();
        while (messages.length() < bytes) {
            messages.append(messages.length() == 0 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":\"")
                    .append(text(random, 900))
                    .append("\"}");
        }
        return "{\"model\":\"m\",\"max_tokens\":64,\"messages\":[" + messages + "]}";
    }

    private static String text(Random random, int length) {
        String[] words = {
            "the",
            "pod",
            "is",
            "in",
            "a",
            "crash",
            "loop",
            "since",
            "yesterday",
            "and",
            "restarts",
            "with",
            "exit",
            "code",
            "137,",
            "please",
            "look",
            "at",
            "node",
            "memory\\n",
            "limits",
            "thanks."
        };
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(words[random.nextInt(words.length)]).append(' ');
            if (random.nextInt(120) == 0) {
                text.append("ann").append(random.nextInt(1000)).append("@example.com ");
            }
        }
        return text.toString();
    }
}
