package dev.redoubt.benchmarks;

import org.openjdk.jmh.runner.RunnerException;

/** Runs benchmarks and prints what they measured; {@code e2e/bench} builds and starts it. */
public final class BenchmarksMain {
    private BenchmarksMain() {}

    public static void main(String[] arguments) throws RunnerException {
        org.openjdk.jmh.Main.class.getName();
        for (Rules rules : Rules.values()) {
            if (rules == Rules.Everything) continue;
            var texts = Texts.chat(ScanBenchmark.BYTES);
            var redactor = rules.redactor();
            System.out.println(rules + " " + rules.expressions().size() + " patterns, found "
                    + redactor.redact(dev.redoubt.profiles.Stage.Prompt, texts)
                            .findings()
                            .size());
            if (arguments.length == 0) {
                for (boolean s : new boolean[] {false, true}) {
                    try {
                        long t0 = java.lang.management.ManagementFactory.getThreadMXBean()
                                .getCurrentThreadCpuTime();
                        var h = new Hyperscan(rules.expressions(), s, texts);
                        long t1 = java.lang.management.ManagementFactory.getThreadMXBean()
                                .getCurrentThreadCpuTime();
                        int n = 0;
                        for (int i = 0; i < 10; i++) n = h.scan();
                        long t2 = java.lang.management.ManagementFactory.getThreadMXBean()
                                .getCurrentThreadCpuTime();
                        System.out.printf(
                                "hs som=%s compile %d ms, %d matches, %.0f MB/s%n",
                                s, (t1 - t0) / 1000000, n, 10 * texts.length / ((t2 - t1) / 1e3));
                    } catch (Exception e) {
                        System.out.println(e);
                    }
                }
            }
            for (int round = 0; round < 6; round++) {
                long t0 =
                        java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (int i = 0; i < 10; i++) redactor.redact(dev.redoubt.profiles.Stage.Prompt, texts);
                System.out.printf(
                        "redoubt %.0f MB/s%n",
                        10
                                * texts.length
                                / ((java.lang.management.ManagementFactory.getThreadMXBean()
                                                        .getCurrentThreadCpuTime()
                                                - t0)
                                        / 1e3));
            }
        }
    }
}
