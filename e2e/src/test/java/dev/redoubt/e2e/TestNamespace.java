package dev.redoubt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A namespace of a test's own on the cluster, as kubectl sees it. */
class TestNamespace {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shell shell = InstalledRedoubt.get().shell();
    private final String name;

    TestNamespace(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /**
     * Removes what this or an earlier run left behind, for the next class needs the node's processor; keys stay, as
     * they do for users.
     */
    void clear() {
        kubectl("delete", "rag,redact,leak", "--all", "--wait=true");
        kubectl("delete", "deploy,statefulset,service,job,pdb", "--all", "--wait=true", "--cascade=foreground");
        kubectl("delete", "configmap", "demo", "scripts", "--ignore-not-found");
        kubectl("delete", "pod", "--all", "--wait=true", "--grace-period=1");
    }

    String apply(String yaml) {
        return tryApply(yaml).succeeded();
    }

    /** kubectl in this namespace; it has to succeed. */
    String kubectl(String... arguments) {
        return tryKubectl(arguments).succeeded();
    }

    Shell.Result tryKubectl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-n", name));
        all.addAll(List.of(arguments));
        return shell.kubectl(all.toArray(String[]::new));
    }

    Shell.Result tryApply(String yaml) {
        return withInput(yaml, "apply", "-f", "-");
    }

    /** kubectl in this namespace, with something on its standard input. */
    Shell.Result withInput(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-n", name));
        all.addAll(List.of(arguments));
        return shell.kubectlWith(input, all.toArray(String[]::new));
    }

    JsonNode get(String... arguments) {
        List<String> all = new ArrayList<>(List.of("get", "-o", "json"));
        all.addAll(List.of(arguments));
        return parse(kubectl(all.toArray(String[]::new)));
    }

    /** The only running pod of a workload. */
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
