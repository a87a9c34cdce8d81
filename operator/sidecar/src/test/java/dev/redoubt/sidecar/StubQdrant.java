package dev.redoubt.sidecar;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A stand-in for Qdrant, which no package registry carries: see {@code e2e/servers/qdrant/stub_qdrant.py}. It answers
 * the official client in the shapes of messages that were captured from the real one.
 */
final class StubQdrant implements AutoCloseable {
    static final Path E2E = Path.of(System.getProperty("redoubt.root"), "e2e");

    final int port;
    private final Program program;

    StubQdrant(Path log) throws Exception {
        port = Program.freePort();
        Path stub = E2E.resolve(Path.of("servers", "qdrant", "stub_qdrant.py"));
        program = Program.start(
                List.of("python3", "-W", "ignore", stub.toString(), Integer.toString(port)), environment(), log);
        program.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/readyz"));
    }

    /** Where the official client is found. */
    static Map<String, String> environment() throws Exception {
        Path requirements = E2E.resolve(Path.of("clients", "qdrant-requirements.txt"));
        return Map.of("PYTHONPATH", PythonPackages.of(requirements).toString());
    }

    @Override
    public void close() throws Exception {
        program.close();
    }
}
