package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class GcraProperties {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @Property
    void noWindowHoldsMoreThanTheBurstAndTheRate(
            @ForAll @IntRange(min = 1, max = 50) int perMinute,
            @ForAll @Size(min = 1, max = 400) List<@LongRange(min = 0, max = 3_000_000_000L) Long> gaps,
            @ForAll long origin) {
        Gcra gcra = new Gcra(origin);
        List<Long> passed = new ArrayList<>();
        long elapsed = 0;
        for (long gap : gaps) {
            elapsed += gap;
            if (gcra.ask(perMinute, origin + elapsed) == 0) {
                passed.add(elapsed);
            }
        }
        long interval = MINUTE / perMinute;
        for (int from = 0; from < passed.size(); from++) {
            for (int to = from; to < passed.size(); to++) {
                long window = passed.get(to) - passed.get(from);
                assertThat((long) to - from + 1).isLessThanOrEqualTo(perMinute + window / interval);
            }
        }
    }

    @Property
    void whoWaitsAsLongAsToldMayPassAndNotANanosecondBefore(
            @ForAll @IntRange(min = 1, max = 1000) int perMinute, @ForAll long origin) {
        Gcra gcra = new Gcra(origin);
        for (int i = 0; i < perMinute; i++) {
            assertThat(gcra.ask(perMinute, origin)).isZero();
        }
        long wait = gcra.ask(perMinute, origin);
        assertThat(wait).isPositive();
        assertThat(gcra.ask(perMinute, origin + wait - 1)).isEqualTo(1);
        assertThat(gcra.ask(perMinute, origin + wait)).isZero();
    }

    @Property(tries = 20)
    void callersAtTheSameTimeDoNotSharePermits(@ForAll @IntRange(min = 1, max = 200) int perMinute) throws Exception {
        Gcra gcra = new Gcra(0);
        AtomicInteger passed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int request = 0; request < 200; request++) {
                    if (gcra.ask(perMinute, 0) == 0) {
                        passed.incrementAndGet();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(passed.get()).isEqualTo(perMinute);
    }
}
