package dev.redoubt.sidecar;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Milvus Lite 2.5.1: the core of Milvus in C++ behind its gRPC. */
final class MilvusLite implements AutoCloseable {
    private final Program program;
    private final int port;

    /**
     * Starts one.
     *
     * @param packages where it is installed
     * @param directory its own
     */
    MilvusLite(Path packages, Path directory) throws IOException {
        port = Program.freePort();
        Path library = packages.resolve(Path.of("milvus_lite", "lib"));
        program = Program.start(
                List.of(
                        library.resolve("milvus").toString(),
                        directory.resolve("milvus.db").toString(),
                        "127.0.0.1:" + port,
                        "ERROR"),
                Map.of("LD_LIBRARY_PATH", library.toString()),
                directory.resolve("milvus.log"));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(this::listens);
    }

    private boolean listens() {
        if (!program.process().isAlive()) {
            throw new IllegalStateException(
                    "Milvus Lite ended with " + program.process().exitValue());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
