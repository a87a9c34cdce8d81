package dev.redoubt.benchmarks;

import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.HostileTexts;
import dev.redoubt.redact.Redactor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast texts are scanned that were made to be slow. There are too many of them for a harness that starts a process for
 * each: they are measured one after the other by the time that the processor gives this thread, the best of several rounds.
 */
final class HostileSpeeds {
    static final int BYTES = 1 << 20;
    /** Megabytes a second that none should fall below. */
    static final int WANTED = 50;

    private static final int ROUNDS = 6;
    private static final long NANOSECONDS = 100_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private HostileSpeeds() {}

    /** Megabytes a second by text. */
    static Map<String, Double> measure() {
        Redactor redactor = Rules.Everything.redactor();
        Map<String, Double> speeds = new LinkedHashMap<>();
        HostileTexts.of(BYTES).forEach((name, text) -> speeds.put(name, speed(redactor, text)));
        return speeds;
    }

    private static double speed(Redactor redactor, byte[] text) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long count = 0;
            while (THREADS.getCurrentThreadCpuTime() - start < NANOSECONDS) {
                redactor.redact(Stage.Prompt, text);
                count++;
            }
            best = Math.max(best, count * text.length * 1000.0 / (THREADS.getCurrentThreadCpuTime() - start));
        }
        return best;
    }
}
