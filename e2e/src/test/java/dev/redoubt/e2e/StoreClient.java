package dev.redoubt.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How a script of {@code e2e/clients} is run in the client's pod.
 *
 * @param script its name, and that of the folder with its packages
 * @param address the Services that it asks
 * @param direct more arguments where there is no guard
 * @param guarded more arguments where there is one
 * @param stores whether it can leave records with personal data and do no more
 */
record StoreClient(String script, List<String> address, List<String> direct, List<String> guarded, boolean stores) {
    static final List<StoreClient> ALL = List.of(
            of("weaviate", true, "--host", "weaviate", "--port", "80", "--grpc-port", "50051"),
            of("opensearch", true, "--host", "opensearch", "--port", "9200"),
            of("chroma", true, "--host", "chroma", "--port", "8000"),
            new StoreClient(
                    "pgvector",
                    List.of("--host", "postgres", "--port", "5432"),
                    List.of("--user", "postgres"),
                    List.of("--user", "writer"),
                    false),
            of(
                    "openai",
                    false,
                    "--host",
                    "chat",
                    "--port",
                    "80",
                    "--embed-host",
                    "embeddings",
                    "--embed-port",
                    "80",
                    "--rerank-host",
                    "ranking",
                    "--rerank-port",
                    "80"),
            of("anthropic", false, "--host", "chat", "--port", "80"),
            of("ollama", false, "--host", "ollama", "--port", "11434"));

    private static StoreClient of(String script, boolean stores, String... address) {
        return new StoreClient(script, List.of(address), List.of(), List.of(), stores);
    }

    /** What it sees where there is no guard. */
    JsonNode useDirectly(Stores namespace) {
        // PostgreSQL is the only one here that asks for a password of its own
        return run(namespace, List.of("REDOUBT_KEY=" + namespace.superuser()), direct, List.of("--direct"));
    }

    /** Leaves records that nobody redacted, where it can. */
    void store(Stores namespace) {
        if (stores) {
            run(namespace, List.of(), direct, List.of("--direct", "--store"));
        }
    }

    /** What it sees through the guard, with the keys that Redoubt made. */
    JsonNode use(Stores namespace) {
        return run(namespace, List.of(), guarded, List.of());
    }

    private JsonNode run(Stores namespace, List<String> environment, List<String> user, List<String> more) {
        List<String> command = new ArrayList<>(List.of("env", "PYTHONPATH=/opt/clients/" + script));
        command.addAll(environment);
        command.addAll(List.of("python3", "/scripts/" + script + ".py"));
        command.addAll(address);
        command.addAll(user);
        command.addAll(more);
        return namespace.client(command);
    }
}
