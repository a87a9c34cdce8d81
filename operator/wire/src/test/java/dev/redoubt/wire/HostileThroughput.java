package dev.redoubt.wire;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Prints how fast bodies that were made to be slow are walked; a program to look at, not a test. */
public final class HostileThroughput {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BYTES = 1 << 20;
    private static final long NANOSECONDS = 200_000_000;
    private static final int TARGET = 50;

    private HostileThroughput() {}

    public static void main(String[] arguments) {
        RouteGuard json = Guarded.chroma().get();
        RouteGuard walked = Guarded.chroma().withoutRedaction().get();
        RouteGuard bulk = Guarded.lines().route("POST", "/_bulk");
        RouteGuard chat = Guarded.openAi().chat();
        for (Map.Entry<String, String> body : bodies().entrySet()) {
            byte[] bytes = Guarded.bytes("{\"metadatas\":[" + body.getValue() + "]}");
            print("JSON walked: " + body.getKey(), bytes, () -> walked.response(bytes, Guarded.CLOSED));
            print("JSON redacted: " + body.getKey(), bytes, () -> json.response(bytes, Guarded.CLOSED));
        }
        for (String line : new String[] {"\n", "{}\n", "{\"a\":\"x\"}\n", "{\"a\":1}\n"}) {
            byte[] bytes = Guarded.bytes(line.repeat(BYTES / line.length()) + "{}");
            print("NDJSON: " + line.strip(), bytes, () -> bulk.read(bytes).apply(Guarded.CLOSED));
        }
        for (String event : new String[] {":\n", "\n", "data\n", "data: {}\n\n", "data: {\"id\":\n", "id: 7\n"}) {
            byte[] bytes = Guarded.bytes(event.repeat((event.contains(":\n") ? 200_000 : BYTES) / event.length()));
            print("events: " + event.strip(), bytes, () -> chat.stream(Guarded.CLOSED)
                    .append(bytes));
        }
    }

    private static Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("arrays in arrays", repeated("[".repeat(50) + "]".repeat(50)));
        bodies.put("objects in objects", repeated("{\"a\":".repeat(50) + "null" + "}".repeat(50)));
        bodies.put("empty objects", repeated("{}"));
        bodies.put("empty strings", repeated("\"\""));
        bodies.put("strings of a letter", repeated("\"x\""));
        bodies.put("strings of an escape", repeated("\"\\u0041\""));
        bodies.put("digits", repeated("1"));
        bodies.put("numbers", repeated("1.5e1"));
        bodies.put("escapes", "\"" + "\\u0041".repeat(BYTES / 6) + "\"");
        bodies.put("characters of four bytes", "\"" + "😀".repeat(BYTES / 4) + "\"");
        bodies.put(
                "JSON in a string", "\"" + "[\\\"\\\\u0041\\\",".repeat(1) + "\\\"x\\\",".repeat(BYTES / 6) + "1]\"");
        StringBuilder names = new StringBuilder("{");
        for (int i = 0; names.length() < BYTES; i++) {
            names.append(i == 0 ? "" : ",").append("\"n").append(i).append("\":null");
        }
        bodies.put("names", names + "}");
        return bodies;
    }

    private static String repeated(String item) {
        int count = BYTES / (item.length() + 1);
        return (item + ",").repeat(count) + item;
    }

    private static void print(String what, byte[] body, Supplier<Outcome> work) {
        double best = 0;
        for (int round = 0; round < 3; round++) {
            // time of this thread alone, because others may share the processor
            long start = THREADS.getCurrentThreadCpuTime();
            long count = 0;
            while (THREADS.getCurrentThreadCpuTime() - start < NANOSECONDS) {
                work.get();
                count++;
            }
            long spent = THREADS.getCurrentThreadCpuTime() - start;
            best = Math.max(best, count * (double) body.length / spent * 1000);
        }
        System.out.printf("%-44s %8.1f MB/s%s%n", what, best, best < TARGET ? "  below " + TARGET : "");
    }
}
