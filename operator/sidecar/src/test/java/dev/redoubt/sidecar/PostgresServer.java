package dev.redoubt.sidecar;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real PostgreSQL with pgvector, as {@code e2e/servers/pgvector} makes it. */
final class PostgresServer implements AutoCloseable {
    private static final Path SCRIPTS = Path.of(System.getProperty("redoubt.root"), "e2e", "servers", "pgvector");

    private final Program program;
    private final Path directory;
    private final int port;

    private PostgresServer(Program program, Path directory, int port) {
        this.program = program;
        this.directory = directory;
        this.port = port;
    }

    /** @param directory an empty one that other users may enter */
    static PostgresServer start(Path directory) throws IOException, InterruptedException {
        Path packages = PythonPackages.of(SCRIPTS.resolve("requirements.txt"));
        int port = Program.freePort();
        Path home = directory.resolve("postgres");
        Program program = Program.start(
                List.of(
                        SCRIPTS.resolve("serve").toString(),
                        packages.toString(),
                        home.toString(),
                        Integer.toString(port)),
                Map.of(),
                directory.resolve("postgres.log"));
        PostgresServer server = new PostgresServer(program, home, port);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    if (!program.process().isAlive()) {
                        throw new IllegalStateException(Files.readString(directory.resolve("postgres.log")));
                    }
                    return Files.readString(directory.resolve("postgres.log")).contains("ready to accept connections");
                });
        return server;
    }

    int port() {
        return port;
    }

    /** Password of the superuser, whose name is postgres. */
    String password() throws IOException {
        return Files.readString(directory.resolve("password"));
    }

    /** Runs statements as the superuser, past every guard; returns rows without decoration. */
    String sql(String statements) throws IOException, InterruptedException {
        return sql(statements, "postgres", password());
    }

    /** Runs statements as a role, past every guard. */
    String sql(String statements, String role, String password) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile("redoubt", ".sql"), statements);
        try {
            return Program.run(
                    List.of(
                            directory.resolve("package/pginstall/bin/psql").toString(),
                            "-h127.0.0.1",
                            "-p" + port,
                            "-U" + role,
                            "-dpostgres",
                            "-XqAt",
                            "-vON_ERROR_STOP=1",
                            "-f" + file),
                    Map.of("PGPASSWORD", password));
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
