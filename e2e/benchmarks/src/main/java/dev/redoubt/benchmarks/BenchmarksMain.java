package dev.redoubt.benchmarks;

import dev.redoubt.policy.Action;
import dev.redoubt.sidecar.AuditBenchmark;
import dev.redoubt.vectors.GaussianNoise;
import dev.redoubt.vectors.ScaleAndPerturb;
import dev.redoubt.vectors.VectorProtection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks and prints tables of what they measured; {@code e2e/bench} builds and starts it. */
public final class BenchmarksMain {
    private static final int SECONDS = 1;
    private static final int ROUNDS = 5;

    private BenchmarksMain() {}

    /** @param arguments {@code scan}, {@code hostile}, {@code json}, {@code sse}, {@code kernels}, {@code recall}, {@code profile}; none for all of them */
    public static void main(String[] arguments) throws RunnerException, IOException {
        List<String> wanted = arguments.length == 0
                ? List.of("scan", "hostile", "json", "sse", "kernels", "recall", "profile")
                : List.of(arguments);
        for (String what : wanted) {
            switch (what) {
                case "scan" -> scan();
                case "hostile" -> hostile();
                case "json" -> json();
                case "sse" -> sse();
                case "kernels" -> kernels();
                case "recall" -> recall();
                case "profile" -> profile();
                default -> throw new IllegalArgumentException("no benchmark is called " + what);
            }
        }
    }

    private static void scan() throws RunnerException {
        Map<String, Double> times = run(ScanBenchmark.class);
        Table table = new Table(
                "Scanning " + (ScanBenchmark.BYTES >> 20) + " MiB of chat JSON, one thread", "MB/s", "ours is");
        for (Rules rules : List.of(Rules.Common, Rules.Patterns)) {
            double ours = speed(ScanBenchmark.BYTES, times.get("redoubt " + rules));
            String patterns = ", " + rules.expressions().size() + " patterns";
            table.row("Redoubt: found, checked, replaced" + patterns, ours, ours);
            double ends = speed(ScanBenchmark.BYTES, times.get("hyperscanEnds " + rules));
            table.row("Hyperscan: ends of matches" + patterns, ends, ours);
            int held = Hyperscan.able(rules.expressions()).size();
            double spans = speed(ScanBenchmark.BYTES, times.get("hyperscanSpans " + rules));
            table.row("Hyperscan: beginnings and ends, the " + held + " patterns it can so hold", spans, ours);
            double regex = speed(ScanBenchmark.FEW_BYTES, times.get("regex " + rules));
            table.row("java.util.regex one by one" + patterns, regex, ours);
        }
        table.print();
    }

    private static void hostile() {
        System.err.println("measuring hostile texts …");
        Table table = new Table("Texts made to be slow, every entity, one thread", "MB/s", "");
        HostileSpeeds.measure().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> table.row(
                        entry.getKey()
                                + (entry.getValue() < HostileSpeeds.WANTED
                                        ? " (below " + HostileSpeeds.WANTED + ")"
                                        : ""),
                        entry.getValue()));
        table.print();
    }

    private static void json() throws RunnerException {
        Map<String, Double> times = run(JsonBenchmark.class);
        JsonBenchmark bodies = new JsonBenchmark();
        int records = bodies.records.length;
        int chat = bodies.chat.length;
        Table table = new Table(
                "Editing JSON of " + JsonBenchmark.RECORDS + " records with vectors of " + JsonBenchmark.DIMENSIONS
                        + " dimensions, and a chat, one thread",
                "MB/s",
                "ours is");
        double drop = speed(records, times.get("dropVectors"));
        double redact = speed(records, times.get("dropVectorsAndRedact"));
        double jackson = speed(records, times.get("jacksonDropsVectors"));
        table.row("Redoubt: vectors dropped", drop, drop);
        table.row("Redoubt: vectors dropped, texts redacted", redact, redact);
        table.row("Jackson: vectors dropped, event by event", jackson, drop);
        double walk = speed(chat, times.get("walkChat"));
        double chatted = speed(chat, times.get("redactChat"));
        double copied = speed(chat, times.get("jacksonCopiesChat"));
        table.row("Redoubt: chat checked", walk, walk);
        table.row("Redoubt: chat redacted", chatted, chatted);
        table.row("Jackson: chat copied, event by event", copied, chatted);
        table.print();
    }

    private static void sse() throws RunnerException {
        Map<String, Double> times = run(StreamBenchmark.class);
        Table table = new Table("A streamed chat, redacted, one thread", "µs", "");
        table.row("each frame", times.get("frames400") / StreamBenchmark.FRAMES / 1000);
        table.row("until the first frame is sent on", times.get("firstFrame") / 1000);
        table.print();
    }

    private static void kernels() throws RunnerException {
        Map<String, Double> times = run(KernelBenchmark.class);
        times.putAll(run(AuditBenchmark.class));
        Targets table = new Targets();
        double seals = perSecond(times.get("seal"));
        table.atLeast("a field of 1 KB encrypted", seals, 2, "million a second");
        table.row("Bouncy Castle: the cipher alone", perSecond(times.get("bouncyCastle")), "million a second");
        table.atLeast("an audit line, without a chain", perSecond(times.get("line")), 1, "million a second");
        String vector = "a vector of " + KernelBenchmark.DIMENSIONS + " dimensions, ScaleAndPerturb";
        table.atMost(vector, times.get("protect") / 1000, 25, "µs");
        table.print();
    }

    /** Millions. */
    private static double perSecond(double nanoseconds) {
        return 1000 / nanoseconds;
    }

    private static void protection(Recall recall) {
        byte[] key = new byte[32];
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        Table table = new Table(
                "recall@" + Recall.NEAREST + " of the same questions, vectors protected at ingest and at query",
                Tickets.Kind.values());
        table.row("as they are", recall.protectedAt10(float[]::clone, float[]::clone));
        for (double beta : new double[] {0.5, 1, 2, 3}) {
            VectorProtection protection = new ScaleAndPerturb(key, beta);
            table.row("ScaleAndPerturb, beta " + beta, recall.protectedAt10(protection, protection));
        }
        table.row(
                "ScaleAndPerturb with two different keys (a control)",
                recall.protectedAt10(new ScaleAndPerturb(key, 1), new ScaleAndPerturb(otherKey, 1)));
        for (double sigma : new double[] {0.01, 0.03}) {
            VectorProtection protection = new GaussianNoise(key, sigma);
            table.row("Gaussian, sigma " + sigma, recall.protectedAt10(protection, protection));
        }
        table.print();
    }

    private static void recall() {
        System.err.println("measuring retrieval …");
        Recall recall = new Recall();
        UnaryOperator<String> tokens = Recall.redaction(Action.Tokenize, 1);
        UnaryOperator<String> otherTokens = Recall.redaction(Action.Tokenize, 2);
        UnaryOperator<String> names = Recall.redaction(Action.Replace, 1);
        Table table = new Table(
                "recall@" + Recall.NEAREST + " of " + recall.questions() + " questions about " + recall.records()
                        + " tickets, every entity redacted",
                Tickets.Kind.values());
        table.row("as they are", recall.at10(UnaryOperator.identity(), UnaryOperator.identity()));
        table.row("Tokenize at ingest and at query", recall.at10(tokens, tokens));
        table.row("Tokenize with two different keys (a control)", recall.at10(tokens, otherTokens));
        table.row("Replace at ingest and at query", recall.at10(names, names));
        table.print();
        protection(recall);
    }

    private static void profile() throws IOException {
        System.err.println("sampling …");
        JsonBenchmark json = new JsonBenchmark();
        profile("Redacting a chat", json::redactChat);
        profile("Dropping vectors", json::dropVectors);
    }

    private static void profile(String title, Supplier<Object> work) throws IOException {
        Table table = new Table(title + ": where the time goes", "%", "");
        Profile.of(work::get, 12).forEach(share -> table.row("`" + share.method() + "`", share.share() * 100));
        table.print();
    }

    private static double speed(int bytes, double nanoseconds) {
        return bytes * 1000.0 / nanoseconds;
    }

    /** Nanoseconds of each benchmark by its name and parameters. */
    private static Map<String, Double> run(Class<?> benchmarks) throws RunnerException {
        System.err.println("measuring " + benchmarks.getSimpleName() + " …");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmarks.getName() + "\\.")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(1)
                        .warmupIterations(ROUNDS)
                        .warmupTime(TimeValue.seconds(SECONDS))
                        .measurementIterations(ROUNDS)
                        .measurementTime(TimeValue.seconds(SECONDS))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, Double> times = new TreeMap<>();
        for (RunResult result : results) {
            List<String> name =
                    new ArrayList<>(List.of(result.getPrimaryResult().getLabel()));
            for (String parameter : result.getParams().getParamsKeys()) {
                name.add(result.getParams().getParam(parameter));
            }
            times.put(String.join(" ", name), result.getPrimaryResult().getScore());
        }
        return times;
    }

    /** Rows of Markdown that say what was wanted. */
    private static final class Targets {
        private final StringBuilder rows = new StringBuilder(
                "\n| Single values, one thread | measured | wanted | reached |\n|---|---:|---:|---|\n");

        void row(String what, double value, String unit) {
            rows.append(String.format(Locale.ROOT, "| %s | %.2f %s | | |%n", what, value, unit));
        }

        void atLeast(String what, double value, int wanted, String unit) {
            row(what, value, "at least " + wanted, value >= wanted, unit);
        }

        void atMost(String what, double value, int wanted, String unit) {
            row(what, value, "at most " + wanted, value <= wanted, unit);
        }

        private void row(String what, double value, String wanted, boolean reached, String unit) {
            rows.append(String.format(
                    Locale.ROOT, "| %s | %.2f %s | %s | %s |%n", what, value, unit, wanted, reached ? "yes" : "no"));
        }

        void print() {
            System.out.print(rows);
        }
    }

    /** Rows of Markdown. */
    private static final class Table {
        private final StringBuilder rows = new StringBuilder();

        Table(String title, String unit, String ratio) {
            boolean ratios = !ratio.isEmpty();
            rows.append("\n| ").append(title).append(" | ").append(unit).append(" |");
            rows.append(ratios ? " " + ratio + " |" : "").append("\n|---|---:|").append(ratios ? "---:|\n" : "\n");
        }

        /** One column for each kind of question. */
        Table(String title, Tickets.Kind... kinds) {
            rows.append("\n| ").append(title).append(" |");
            for (Tickets.Kind kind : kinds) {
                rows.append(" by ").append(kind.name()).append(" |");
            }
            rows.append("\n|---|").append("---:|".repeat(kinds.length)).append('\n');
        }

        void row(String what, Map<Tickets.Kind, Double> values) {
            rows.append("| ").append(what).append(" |");
            values.forEach((kind, value) -> rows.append(String.format(Locale.ROOT, " %.3f |", value)));
            rows.append('\n');
        }

        void row(String what, double value) {
            rows.append(String.format(Locale.ROOT, "| %s | %.1f |%n", what, value));
        }

        /** @param ours what the value is set beside */
        void row(String what, double value, double ours) {
            rows.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %s |%n",
                    what,
                    value,
                    ours == value ? "" : String.format(Locale.ROOT, "%.1fx", ours / value)));
        }

        void print() {
            System.out.print(rows);
        }
    }
}
