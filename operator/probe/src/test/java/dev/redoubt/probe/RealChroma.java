package dev.redoubt.probe;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A Chroma server of the pinned version, from a virtual environment that is made once on a machine. */
final class RealChroma implements AutoCloseable {
    private static final String VERSION = "1.5.9";

    private final RunSpec.Endpoint endpoint;
    private final Process server;

    private RealChroma(RunSpec.Endpoint endpoint, Process server) {
        this.endpoint = endpoint;
        this.server = server;
    }

    static RealChroma start(Path data) throws IOException, InterruptedException {
        Path program = installed();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process server = new ProcessBuilder(
                        program.toString(),
                        "run",
                        "--path",
                        data.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "" + port)
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling("chroma.log").toFile())
                .start();
        RunSpec.Endpoint endpoint = new RunSpec.Endpoint("127.0.0.1", port, "no guard");
        ChromaStore store = new ChromaStore(new JsonClient(endpoint, "none", pause -> {}, new GuardWitness()));
        Awaitility.await("Chroma answers")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> {
                    store.greet(new Budget(Clock.systemUTC(), 0, Duration.ofSeconds(10)));
                    return true;
                });
        return new RealChroma(endpoint, server);
    }

    RunSpec.Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.destroy();
    }

    private static Path installed() throws IOException, InterruptedException {
        Path cache = Files.createDirectories(Path.of(System.getProperty("user.home"), ".cache", "redoubt"));
        Path environment = cache.resolve("venv-chroma");
        Path program = environment.resolve("bin").resolve("chroma");
        try (FileChannel channel = FileChannel.open(
                        cache.resolve("venv-chroma.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.isExecutable(program)) {
                run("install python3 and python3-venv", List.of("python3", "-m", "venv", environment.toString()));
                run(
                        "chromadb " + VERSION + " cannot be installed: is a Python package index reachable?",
                        List.of(
                                environment.resolve("bin").resolve("pip").toString(),
                                "install",
                                "--quiet",
                                "chromadb==" + VERSION));
            }
        }
        return program;
    }

    private static void run(String remedy, List<String> command) throws IOException, InterruptedException {
        int exit;
        try {
            exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new IOException(remedy, e);
        }
        if (exit != 0) {
            throw new IOException(remedy);
        }
    }
}
