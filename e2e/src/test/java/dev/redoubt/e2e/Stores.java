package dev.redoubt.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every store and model that there is a real server of, from the manifests of {@code e2e/stores}, with one pipeline. */
final class Stores extends TestNamespace {
    private static final Path MANIFESTS = Shell.ROOT.resolve("e2e/stores");
    private static final Path CLIENTS = Shell.ROOT.resolve("e2e/clients");
    /** Where guards answer for their health, and to whom in the same namespace asks. */
    static final int HEALTH_PORT = 15091;

    /** A line of /proc/net/tcp of a socket in the state LISTEN: address and port, both in hexadecimal digits. */
    private static final Pattern LISTENS = Pattern.compile("(?m)^ *\\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F:]+ 0A ");

    private static final Pattern LOOPBACK = Pattern.compile("0100007F|0{24}01000000|0{16}FFFF00000100007F");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z]+_IMAGE)}");

    private final Map<String, String> images;
    private final String superuser = UUID.randomUUID().toString();

    Stores(String namespace) {
        super(namespace);
        images = InstalledRedoubt.get().build("weaviate", "opensearch", "pgvector", "ollama", "clients");
    }

    /** All workloads and the clients, each ready. */
    void deploy() {
        List<String> scripts =
                new ArrayList<>(List.of("create", "configmap", "scripts", "--dry-run=client", "-o", "yaml"));
        scripts.add("--from-file=" + CLIENTS);
        apply(kubectl(scripts.toArray(String[]::new)));
        try (var files = Files.list(MANIFESTS)) {
            files.filter(file -> !file.endsWith("pipeline.yaml"))
                    .sorted(Comparator.naturalOrder())
                    .forEach(file -> apply(manifest(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitRollout();
    }

    private void awaitRollout() {
        for (String workload :
                kubectl("get", "deploy,statefulset", "-o", "name").split("\n")) {
            kubectl("rollout", "status", workload, "--timeout=180s");
        }
    }

    /** Applies the pipeline so that it changes and refuses nothing, and waits until every pod has its guard. */
    void observe() {
        // it is not Ready in this mode: without a fence Weaviate's gRPC answers beside the guard
        guard("Observe", "ConfigLoaded", "Injected");
        awaitRollout();
    }

    /** Applies the pipeline, and waits until it is Ready and the guard of the database has made the roles. */
    void enforce() {
        guard("Enforce", "Ready");
        awaitRollout();
    }

    private void guard(String mode, String... conditions) {
        apply(manifest(MANIFESTS.resolve("pipeline.yaml")).replace("${MODE}", mode));
        await().atMost(Duration.ofMinutes(10)).until(() -> {
            JsonNode pipeline = get("rag", "everything");
            return pipeline.at("/status/observedGeneration").equals(pipeline.at("/metadata/generation"))
                    && Stream.of(conditions)
                            .allMatch(type -> condition("rag/everything", type).startsWith("True"));
        });
    }

    /** Starts the client anew, so that it reads the keys that the operator has made since. */
    void restartClient() {
        kubectl("rollout", "restart", "deploy/client");
        kubectl("rollout", "status", "deploy/client", "--timeout=60s");
    }

    /** Runs a command in the client's pod; its last line is the JSON of what it saw. */
    JsonNode client(List<String> command) {
        List<String> all = new ArrayList<>(List.of("exec", "deploy/client", "--"));
        all.addAll(command);
        String out = kubectl(all.toArray(String[]::new));
        return parse(out.substring(out.lastIndexOf('\n') + 1));
    }

    /**
     * The ports on which somebody in the only pod of a workload listens for others than itself, and whether the client
     * reaches them by the pod's address.
     */
    Map<Integer, Boolean> reachablePorts(String workload) {
        JsonNode pod = pod(workload);
        String sockets = kubectl(
                "exec",
                pod.at("/metadata/name").asText(),
                "-c",
                pod.at("/spec/containers/0/name").asText(),
                "--",
                "cat",
                "/proc/net/tcp",
                "/proc/net/tcp6");
        Set<String> ports = new TreeSet<>();
        LISTENS.matcher(sockets)
                .results()
                .filter(found -> !LOOPBACK.matcher(found.group(1)).matches())
                .forEach(found -> ports.add(String.valueOf(Integer.parseInt(found.group(2), 16))));
        List<String> command = new ArrayList<>(List.of("python3", "/scripts/ports.py"));
        command.add(pod.at("/status/podIP").asText());
        command.addAll(ports);
        Map<Integer, Boolean> reached = new TreeMap<>();
        client(command)
                .properties()
                .forEach(port -> reached.put(
                        Integer.valueOf(port.getKey()), port.getValue().booleanValue()));
        return reached;
    }

    /** Runs statements in the database as its superuser, from inside of its pod. */
    String sql(int port, String statements) {
        return withInput(
                        statements,
                        "exec",
                        "-i",
                        "postgres-0",
                        "-c",
                        "postgres",
                        "--",
                        "sh",
                        "-c",
                        "PGPASSWORD=$POSTGRES_PASSWORD exec psql -h 127.0.0.1 -p " + port
                                + " -U postgres -XqAt -v ON_ERROR_STOP=1 -f -")
                .succeeded();
    }

    /** Password of the superuser of the database. */
    String superuser() {
        return superuser;
    }

    private String manifest(Path file) {
        try {
            Matcher matcher = PLACEHOLDER.matcher(Files.readString(file).replace("${PASSWORD}", superuser));
            return matcher.replaceAll(found -> Matcher.quoteReplacement(images.get(found.group(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
