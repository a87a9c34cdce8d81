package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    /** Takes nothing until it is opened, and fails as long as it is told to. */
    private static final class Sink extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final CountDownLatch open = new CountDownLatch(1);
        private volatile boolean broken;

        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicInteger largest = new AtomicInteger();

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (broken) {
                throw new IOException("broken pipe");
            }
            writes.incrementAndGet();
            largest.accumulateAndGet(length, Math::max);
            synchronized (taken) {
                taken.write(bytes, offset, length);
            }
        }

        private String text() {
            synchronized (taken) {
                return taken.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whileTheSinkIsStuckOnlyAsMuchIsDecidedAsThereAreSlots() {
        Sink sink = new Sink();
        try (AuditLog log = new AuditLog(sink, 2)) {
            AuditLog.Slot first = log.reserve();
            AuditLog.Slot second = log.reserve();
            first.write(line("1"));
            assertThat(second).isNotNull();
            assertThat(log.reserve()).isNull();
            assertThat(log.healthy()).isFalse();
            second.write(line("2"));
            sink.open.countDown();
            await().until(() -> log.used() == 0);
            assertThat(sink.text()).isEqualTo("1\n2\n");
            assertThat(log.healthy()).isTrue();
        }
    }

    @Test
    void aLineThatCouldNotBeWrittenIsNotLostAndNothingIsDecidedMeanwhile() {
        Sink sink = new Sink();
        sink.broken = true;
        sink.open.countDown();
        try (AuditLog log = new AuditLog(sink, 8)) {
            log.reserve().write(line("1"));
            await().until(() -> !log.healthy());
            assertThat(log.reserve()).isNull();
            sink.broken = false;
            await().until(log::healthy);
            assertThat(sink.text()).isEqualTo("1\n");
        }
    }

    @Test
    void closingWritesWhatWaits() {
        Sink sink = new Sink();
        sink.open.countDown();
        AuditLog log = new AuditLog(sink, 8);
        for (int i = 0; i < 8; i++) {
            log.reserve().write(line("x"));
        }
        log.close();
        assertThat(sink.text()).isEqualTo("x\n".repeat(8));
    }

    @Test
    void linesThatWaitAreWrittenTogetherButNoMoreThanAPipeTakesAsAWhole() {
        Sink sink = new Sink();
        try (AuditLog log = new AuditLog(sink, 64)) {
            for (int i = 0; i < 64; i++) {
                log.reserve().write(line("x".repeat(1000)));
            }
            sink.open.countDown();
            await().until(() -> log.used() == 0);
            assertThat(sink.text()).isEqualTo(("x".repeat(1000) + "\n").repeat(64));
            assertThat(sink.writes.get()).isLessThan(32);
            assertThat(sink.largest.get()).isLessThanOrEqualTo(4096);
        }
    }
}
