package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;

/** Prints how fast texts that were made to be slow are scanned; a program to look at, not a test. */
public final class HostileThroughput {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BYTES = 1 << 20;
    private static final long NANOSECONDS = 100_000_000;
    private static final int TARGET = 50;

    private HostileThroughput() {}

    public static void main(String[] arguments) {
        Redactor redactor = Redactors.with(Action.Replace, "*");
        int slow = 0;
        for (Map.Entry<String, byte[]> text : HostileTexts.of(BYTES).entrySet()) {
            if (arguments.length > 0 && !text.getKey().contains(arguments[0])) {
                continue;
            }
            double best = 0;
            int findings = 0;
            for (int round = 0; round < 3; round++) {
                // time of this thread alone, because others may share the processor
                long start = THREADS.getCurrentThreadCpuTime();
                long count = 0;
                while (THREADS.getCurrentThreadCpuTime() - start < NANOSECONDS) {
                    findings = redactor.redact(Stage.Prompt, text.getValue())
                            .findings()
                            .size();
                    count++;
                }
                long spent = THREADS.getCurrentThreadCpuTime() - start;
                best = Math.max(best, count * (double) text.getValue().length / spent * 1000);
            }
            slow += best < TARGET ? 1 : 0;
            System.out.printf(
                    "%-34s %8.1f MB/s %7d findings%s%n",
                    text.getKey(), best, findings, best < TARGET ? "  below " + TARGET : "");
        }
        System.out.println(slow + " below " + TARGET + " MB/s");
    }
}
