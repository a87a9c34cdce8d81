package dev.redoubt.benchmarks;

import dev.redoubt.policy.Action;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.RouteGuard;
import dev.redoubt.wire.StreamGuard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A streamed chat, one frame for each word as models send them. */
@State(Scope.Thread)
public class StreamBenchmark {
    static final int FRAMES = 400;

    private final List<byte[]> frames = frames();
    private final MessageContext context = MessageContext.of(Map.of(), null);
    private final RouteGuard guard = Guards.chat(Guards.common(Action.Replace));

    /** All frames of an answer, from the first to the last. */
    @Benchmark
    public int frames400() {
        StreamGuard stream = guard.stream(context);
        int bytes = 0;
        for (byte[] frame : frames) {
            bytes += sent(stream.append(frame));
        }
        return bytes + sent(stream.finish());
    }

    /** Up to the first frame that is sent on. */
    @Benchmark
    public int firstFrame() {
        StreamGuard stream = guard.stream(context);
        int bytes = 0;
        for (int i = 0; bytes == 0; i++) {
            bytes = sent(stream.append(frames.get(i)));
        }
        return bytes;
    }

    private static int sent(Outcome outcome) {
        if (outcome instanceof Outcome.Forward forward) {
            return forward.body().length;
        }
        throw new IllegalStateException("refused");
    }

    private static List<byte[]> frames() {
        StringBuilder text = new StringBuilder();
        Texts.sentences(new Random(5), text, 40);
        String[] words = text.toString().replace("\\n", " ").split("(?<= )");
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            String frame = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words[i % words.length]
                    + "\"},\"finish_reason\":null}]}\n\n";
            frames.add(frame.getBytes(StandardCharsets.UTF_8));
        }
        frames.add("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        return frames;
    }
}
