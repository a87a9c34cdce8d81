package dev.redoubt.crds.testing;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The API server of this JVM, which ends with it. */
final class RunningApiServer {
    private static final List<String> DEFINITIONS = List.of("ragpipelines", "redactionpolicies", "leakagetests");

    private static RunningApiServer shared;

    private final Path kubeconfig;
    private final Config config;

    private RunningApiServer(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
        this.config = Config.fromKubeconfig(kubeconfig.toFile());
    }

    /** Starts it where it does not run yet. */
    static synchronized RunningApiServer shared() {
        if (shared == null) {
            var started = new RunningApiServer(start(script()));
            started.define();
            shared = started;
        }
        return shared;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    Config config() {
        return config;
    }

    private void define() {
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            for (var plural : DEFINITIONS) {
                var definition = client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .load(definition(plural))
                        .create();
                client.resource(definition).waitUntilCondition(RunningApiServer::isServed, 30, TimeUnit.SECONDS);
            }
        }
    }

    private static InputStream definition(String plural) {
        var name = "/crds/" + plural + ".redoubt.dev.yaml";
        var stream = RunningApiServer.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException(name + " is not on the class path: the test needs redoubt-crds");
        }
        return stream;
    }

    private static boolean isServed(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static Path script() {
        var root = System.getProperty("redoubt.root");
        for (var folder = Path.of(root == null ? "" : root).toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            var script = folder.resolve(Path.of("e2e", "cluster", "apiserver"));
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IllegalStateException(
                "e2e/cluster/apiserver was not found: run the tests in a checkout of the whole repository, or set the"
                        + " system property redoubt.root to it");
    }

    /** The script says on standard error what is missing, and ends the server when this JVM has gone. */
    static Path start(Path script) {
        try {
            var state = Files.createTempDirectory("redoubt-apiserver-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(script, state)));
            var output = Files.createTempFile("redoubt-apiserver-", ".out");
            var errors = Files.createTempFile("redoubt-apiserver-", ".err");
            // Files and not pipes: the server inherits them, and a pipe would never end.
            var process = new ProcessBuilder(
                            script.toString(),
                            "start",
                            state.toString(),
                            "--owner",
                            String.valueOf(ProcessHandle.current().pid()))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            int status = process.waitFor();
            var kubeconfig = Files.readString(output).strip();
            var explanation = Files.readString(errors).strip();
            Files.delete(output);
            Files.delete(errors);
            if (status != 0) {
                throw new IllegalStateException("The API server for the tests did not start: " + explanation);
            }
            return Path.of(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException("The API server for the tests did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the API server for the tests started", e);
        }
    }

    private static void stop(Path script, Path state) {
        try {
            new ProcessBuilder(script.toString(), "stop", state.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
