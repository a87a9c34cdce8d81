package dev.redoubt.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The RAG application of the quickstart in a namespace of a test's own: the same manifests, the same clients. */
final class Demo {
    static final ObjectMapper JSON = new ObjectMapper();

    private final InstalledRedoubt redoubt = InstalledRedoubt.get();
    private final Shell shell = redoubt.shell();
    private final String namespace;

    Demo(String namespace) {
        this.namespace = namespace;
    }

    /**
     * Removes what this or an earlier run left behind, for the next class needs the node's processor; keys stay, as
     * they do for users.
     */
    void clear() {
        kubectl("delete", "rag,redact,leak", "--all", "--wait=true");
        kubectl("delete", "deploy,statefulset,service,job,pdb", "--all", "--wait=true", "--cascade=foreground");
        kubectl("delete", "configmap", "demo", "--ignore-not-found");
        kubectl("delete", "pod", "--all", "--wait=true", "--grace-period=1");
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
                    .replace("namespace: rag", "namespace: " + namespace);
            for (String image : List.of("CHROMA_IMAGE", "LLAMA_IMAGE", "CLIENT_IMAGE")) {
                manifest = manifest.replace("${" + image + "}", redoubt.image(image));
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String apply(String yaml) {
        return shell.kubectlWith(yaml, "-n", namespace, "apply", "-f", "-").succeeded();
    }

    /** kubectl in this namespace; it has to succeed. */
    String kubectl(String... arguments) {
        return tryKubectl(arguments).succeeded();
    }

    Shell.Result tryKubectl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-n", namespace));
        all.addAll(List.of(arguments));
        return shell.kubectl(all.toArray(String[]::new));
    }

    Shell.Result tryApply(String yaml) {
        return shell.kubectlWith(yaml, "-n", namespace, "apply", "-f", "-");
    }

    JsonNode get(String... arguments) {
        List<String> all = new ArrayList<>(List.of("get", "-o", "json"));
        all.addAll(List.of(arguments));
        return parse(kubectl(all.toArray(String[]::new)));
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

    /** The only running pod of a workload of the demo. */
    JsonNode pod(String app) {
        JsonNode pods = get("pods", "-l", "app=" + app, "--field-selector", "status.phase=Running")
                .get("items");
        List<JsonNode> alive = new ArrayList<>();
        pods.forEach(pod -> {
            if (!pod.path("metadata").has("deletionTimestamp")) {
                alive.add(pod);
            }
        });
        assertThat(alive).as("running pods of " + app).hasSize(1);
        return alive.get(0);
    }

    /** Status and reason of a condition, such as {@code True Guarded}. */
    String condition(String object, String type) {
        for (JsonNode condition : get(object).path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText() + " "
                        + condition.path("reason").asText();
            }
        }
        return "absent";
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }
}
