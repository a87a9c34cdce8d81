package dev.redoubt.sidecar;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Milvus Lite. */
final class MilvusLite implements AutoCloseable {
    private final Program program;
    private final int port;

    private MilvusLite(int port, List<String> command, Map<String, String> environment, Path log) throws IOException {
        this.port = port;
        program = Program.start(command, environment, log);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(this::listens);
    }

    /**
     * Starts version 2: the core of Milvus, in C++, behind its gRPC.
     *
     * @param packages where it is installed
     * @param directory its own
     */
    static MilvusLite second(Path packages, Path directory) throws IOException {
        int port = Program.freePort();
        Path library = packages.resolve(Path.of("milvus_lite", "lib"));
        List<String> command = List.of(
                library.resolve("milvus").toString(),
                directory.resolve("milvus.db").toString(),
                "127.0.0.1:" + port,
                "ERROR");
        return new MilvusLite(
                port, command, Map.of("LD_LIBRARY_PATH", library.toString()), directory.resolve("milvus.log"));
    }

    /** Starts version 3, which was written anew in Python. */
    static MilvusLite third(Path packages, Path directory) throws IOException {
        int port = Program.freePort();
        List<String> command = List.of(
                "python3",
                "-c",
                "from milvus_lite.cmdline import main; main()",
                "server",
                "--data-dir",
                directory.resolve("data").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port));
        return new MilvusLite(
                port, command, Map.of("PYTHONPATH", packages.toString()), directory.resolve("milvus.log"));
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
