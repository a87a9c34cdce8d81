package dev.redoubt.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Texts of a chat about a service, the same at every run. Names, numbers and addresses in them belong to nobody. */
final class Texts {
    private static final String[] SENTENCES = {
        "Since the update of yesterday evening the pods restart every few minutes and the logs say nothing useful.",
        "Could you please look at the memory limits of the node and tell me what they were before?",
        "I have attached the output of the last run; the exit code was 137 and the probe failed 3 times.",
        "The customer says that the invoice shows a wrong amount, and asks for a corrected one until Friday.",
        "First, drain the node; then wait until every replica is Ready, and only then change the class of storage.",
        "It works on my machine, though there I use version 2.14.1 of the client and not the newest one.",
        "Thanks a lot! That solved it - the cache was full, and nobody had looked at the metrics for weeks.",
        "Our contract (section 4.2) promises an answer within 24 hours, so we should write to them today.",
        "def retry(call, attempts=5):\\n    for i in range(attempts):\\n        try: return call()\\n        except Timeout: sleep(2 ** i)",
        "The query took 1,250 ms on average; after the index was built it took 38 ms, see table orders_2024.",
        "What is the difference between a Deployment and a StatefulSet, and when would I choose which of them?",
        "Please summarise the following ticket in two sentences and suggest the next step for the support team."
    };

    private Texts() {}

    /** The body of a request for a chat, of about this many bytes; about one sentence in fifty names somebody's data. */
    static byte[] chat(int bytes) {
        Random random = new Random(11);
        StringBuilder body = new StringBuilder(bytes + 2048);
        body.append("{\"model\":\"m\",\"max_tokens\":64,\"messages\":[");
        boolean first = true;
        while (body.length() < bytes) {
            body.append(first ? "" : ",")
                    .append("{\"role\":\"")
                    .append(random.nextBoolean() ? "user" : "assistant")
                    .append("\",\"content\":\"");
            sentences(random, body, 8);
            body.append("\"}");
            first = false;
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Sentences, as they stand between the quotes of a JSON string. */
    static void sentences(Random random, StringBuilder into, int count) {
        for (int i = 0; i < count; i++) {
            into.append(SENTENCES[random.nextInt(SENTENCES.length)]).append(' ');
            if (random.nextInt(50) == 0) {
                into.append(data(random)).append(' ');
            }
        }
    }

    private static String data(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "Write to mara.lind" + random.nextInt(1000) + "@example.com about it.";
            case 1 -> "The card was 4111 1111 1111 1111, valid until next year.";
            case 2 -> "My number is 415-555-26" + (10 + random.nextInt(90)) + ", call after six.";
            default -> "The host is 10.20." + random.nextInt(256) + "." + random.nextInt(256) + " in the second zone.";
        };
    }
}
