package dev.redoubt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time goes: samples of the JDK's flight recorder, counted by the innermost of our own methods. Runs at least as
 * long as asked for; the first seconds, while code is still being compiled, are not counted.
 */
final class Profile {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final long WARM_UP = 3_000_000_000L;
    private static final long MEASURED = 8_000_000_000L;

    private Profile() {}

    /** A method and its share of the samples, 0 to 1. */
    record Share(String method, double share) {}

    /** The methods that most samples were taken in, the first first. */
    static List<Share> of(Runnable work, int most) throws IOException {
        repeat(work, WARM_UP);
        Path file = Files.createTempFile("redoubt", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(PERIOD);
            recording.start();
            repeat(work, MEASURED);
            recording.stop();
            recording.dump(file);
            return shares(file, most);
        } finally {
            Files.delete(file);
        }
    }

    private static void repeat(Runnable work, long nanoseconds) {
        long end = System.nanoTime() + nanoseconds;
        while (System.nanoTime() < end) {
            work.run();
        }
    }

    private static List<Share> shares(Path file, int most) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        int all = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                    counts.merge(innermost(event.getStackTrace().getFrames()), 1, Integer::sum);
                    all++;
                }
            }
        }
        double total = all;
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(most)
                .map(entry -> new Share(entry.getKey(), entry.getValue() / total))
                .toList();
    }

    private static String innermost(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            RecordedMethod method = frame.getMethod();
            String type = method.getType().getName();
            if (type.startsWith("dev.redoubt.")) {
                return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
            }
        }
        return "elsewhere";
    }
}
