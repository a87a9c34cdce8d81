package dev.redoubt.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The RAG application of the quickstart in a namespace of a test's own: the same manifests, the same clients. */
final class Demo extends TestNamespace {
    private final InstalledRedoubt redoubt = InstalledRedoubt.get();

    Demo(String namespace) {
        super(namespace);
    }

    /** Chroma, the two models and the clients, each ready. */
    void deploy() {
        try (var files = Files.list(Shell.ROOT.resolve("e2e/src/test/resources/clients"))) {
            List<String> sources = new ArrayList<>(List.of("e2e/demo/rag.py", "e2e/demo/tickets.py"));
            files.map(Shell.ROOT::relativize).map(Object::toString).forEach(sources::add);
            List<String> create =
                    new ArrayList<>(List.of("create", "configmap", "demo", "--dry-run=client", "-o", "yaml"));
            sources.forEach(source -> create.add("--from-file=" + source));
            apply(kubectl(create.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        apply(manifest("workloads.yaml"));
        apply(manifest("client.yaml"));
        for (String name : List.of("chroma", "chat", "embeddings", "client")) {
            kubectl("rollout", "status", "deploy/" + name, "--timeout=120s");
        }
    }

    /** Applies the quickstart's pipeline, policy and leakage test in a mode. */
    void guard(String mode) {
        apply(manifest("pipeline.yaml").replace("${MODE}", mode));
        awaitReady();
    }

    void awaitReady() {
        kubectl("wait", "--for=condition=Ready", "rag/support", "--timeout=180s");
    }

    /** A file of e2e/demo for this namespace and with this run's images. */
    String manifest(String file) {
        try {
            String manifest = Files.readString(Shell.ROOT.resolve("e2e/demo").resolve(file))
                    .replace("namespace: rag", "namespace: " + name());
            for (String image : List.of("CHROMA_IMAGE", "LLAMA_IMAGE", "CLIENT_IMAGE")) {
                manifest = manifest.replace("${" + image + "}", redoubt.image(image));
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the clients anew, so that they read the keys that the operator has made since. */
    void restartClient() {
        kubectl("rollout", "restart", "deploy/client");
        kubectl("rollout", "status", "deploy/client", "--timeout=60s");
    }

    /** Runs a script in one of the client containers; its last line is the JSON of what it saw. */
    JsonNode client(String container, String script, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("exec", "deploy/client", "-c", container, "--", "python3", "/demo/" + script));
        all.addAll(List.of(arguments));
        String out = kubectl(all.toArray(String[]::new));
        return parse(out.substring(out.lastIndexOf('\n') + 1));
    }

    /** Runs the leakage test now and returns its status when the run has ended. */
    JsonNode attack() {
        String before = get("leak", "nightly").at("/status/lastRun/id").asText();
        kubectl("annotate", "--overwrite", "leak", "nightly", "redoubt.dev/run-now=" + UUID.randomUUID());
        await().atMost(Duration.ofMinutes(5)).until(() -> {
            JsonNode run = get("leak", "nightly").at("/status/lastRun");
            return run.has("completionTime") && !run.path("id").asText().equals(before);
        });
        return get("leak", "nightly").get("status");
    }
}
