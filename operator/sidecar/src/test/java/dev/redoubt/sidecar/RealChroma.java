package dev.redoubt.sidecar;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Chroma, in the version that the images of the end-to-end tests pin. */
final class RealChroma implements AutoCloseable {
    final int port;
    private final Program program;

    /** @param directory where it keeps its records and its log */
    RealChroma(Path directory) throws Exception {
        port = Program.freePort();
        program = Program.start(
                List.of(
                        "python3",
                        "-c",
                        "from chromadb.cli.cli import app; app()",
                        "run",
                        "--path",
                        directory.resolve("data").toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port)),
                environment(),
                directory.resolve("chroma.log"));
        program.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/api/v2/heartbeat"));
    }

    /** Where the server and its official client are found. */
    static Map<String, String> environment() throws Exception {
        return Map.of(
                "PYTHONPATH",
                PythonPackages.of(PythonPackages.IMAGES.resolve("requirements.txt"))
                        .toString());
    }

    @Override
    public void close() throws Exception {
        program.close();
    }
}
