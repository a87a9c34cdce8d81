package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final Duration TIME = Duration.ofMillis(50);

    private final Vertx vertx = Vertx.vertx();
    private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    private final Deadlines deadlines = new Deadlines(context, TIME);
    private final List<String> late = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    private void begin(String name) {
        deadlines.begin(() -> late.add(name));
    }

    @Test
    void whatDoesNotEndIsLateInItsOrderAndWhatEndsIsNot() {
        context.runOnContext(now -> {
            begin("one");
            Deadlines.Deadline ends = deadlines.begin(() -> late.add("ended"));
            begin("two");
            ends.cancel();
            ends.cancel();
        });
        await().until(() -> late.size() == 2);
        assertThat(late).containsExactly("one", "two");
    }

    @Test
    void whatBeginsWhenTheTimerIsUnderWayOrHasRunIsLateToo() {
        context.runOnContext(now -> deadlines.begin(() -> {
            late.add("first");
            begin("begun by it");
        }));
        await().until(() -> late.contains("begun by it"));
        context.runOnContext(now -> begin("afterwards"));
        await().until(() -> late.contains("afterwards"));
        assertThat(late).containsExactly("first", "begun by it", "afterwards");
    }

    @Test
    void nothingIsLateBeforeItsTime() {
        long[] times = new long[2];
        context.runOnContext(now -> {
            times[0] = System.nanoTime();
            deadlines.begin(() -> {
                times[1] = System.nanoTime();
                late.add("it");
            });
        });
        await().until(() -> !late.isEmpty());
        assertThat(times[1] - times[0]).isGreaterThanOrEqualTo(TIME.toNanos());
    }
}
