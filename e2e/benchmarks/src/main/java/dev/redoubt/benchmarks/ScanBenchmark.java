package dev.redoubt.benchmarks;

import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.RedactedText;
import dev.redoubt.redact.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Looking for entities in the JSON of a chat. The others only count what matches their patterns; we check each candidate
 * and write the redacted copy.
 */
public class ScanBenchmark {
    static final int BYTES = 4 << 20;
    /** Regular expressions are so much slower that they get less of the text. */
    static final int FEW_BYTES = 1 << 18;

    /** What is looked for, and where. */
    @State(Scope.Thread)
    public abstract static class Work {
        @Param({"Common", "Patterns"})
        Rules rules;

        final byte[] text = Texts.chat(BYTES);
    }

    /** Ours. */
    @State(Scope.Thread)
    public static class Ours extends Work {
        Redactor redactor;

        @Setup
        public void compile() {
            redactor = rules.redactor();
        }
    }

    /** Hyperscan, told to report ends of matches only. */
    @State(Scope.Thread)
    public static class Ends extends Work {
        Hyperscan hyperscan;

        @Setup
        public void compile() {
            hyperscan = new Hyperscan(rules.expressions(), false, text);
        }
    }

    /** Hyperscan, told to report beginnings and ends. */
    @State(Scope.Thread)
    public static class Spans extends Work {
        Hyperscan hyperscan;

        @Setup
        public void compile() {
            hyperscan = new Hyperscan(Hyperscan.able(rules.expressions()), true, text);
        }
    }

    /** Java's regular expressions, one after the other. */
    @State(Scope.Thread)
    public static class Regex extends Work {
        List<Pattern> patterns;
        final String some = new String(Arrays.copyOf(text, FEW_BYTES), StandardCharsets.ISO_8859_1);

        @Setup
        public void compile() {
            patterns = rules.expressions().stream().map(Pattern::compile).toList();
        }
    }

    @Benchmark
    public RedactedText redoubt(Ours work) {
        return work.redactor.redact(Stage.Prompt, work.text);
    }

    @Benchmark
    public int hyperscanEnds(Ends work) {
        return work.hyperscan.scan();
    }

    @Benchmark
    public int hyperscanSpans(Spans work) {
        return work.hyperscan.scan();
    }

    @Benchmark
    public int regex(Regex work) {
        int found = 0;
        for (Pattern pattern : work.patterns) {
            Matcher matcher = pattern.matcher(work.some);
            while (matcher.find()) {
                found++;
            }
        }
        return found;
    }
}
