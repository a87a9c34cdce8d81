package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Prints how many milliseconds of the processor a text takes to be redacted once the virtual machine is warm; a program to look at, not a
 * test. Its argument is a file of texts with a zero byte behind each.
 */
public final class RedactionTime {
    private static final long WARM_UP_NANOSECONDS = 4_000_000_000L;
    private static final int ROUNDS = 15;

    /** Time of this thread alone, because others may share the processor. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RedactionTime() {}

    public static void main(String[] arguments) throws IOException {
        byte[][] texts = Arrays.stream(Files.readString(Path.of(arguments[0])).split("\0"))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        Redactor redactor = Redactors.with(Action.Replace, "*");
        long begin = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - begin < WARM_UP_NANOSECONDS) {
            once(redactor, texts);
        }
        long[] rounds = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            once(redactor, texts);
            rounds[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(rounds);
        System.out.println(rounds[ROUNDS / 2] / 1e6 / texts.length);
    }

    private static void once(Redactor redactor, byte[][] texts) {
        for (byte[] text : texts) {
            redactor.redact(Stage.Prompt, text);
        }
    }
}
