package dev.redoubt.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cluster with Redoubt on it, made by {@code e2e/install} once for all tests of a run. */
final class InstalledRedoubt {
    /** Every namespace that a test of this module uses; the operator has rights in these only. */
    static final List<String> NAMESPACES = List.of("rag", "e2e-clients", "e2e-injection", "e2e-faults", "e2e-stores");

    private static InstalledRedoubt instance;

    private final Map<String, String> environment;

    private InstalledRedoubt(Map<String, String> environment) {
        this.environment = environment;
    }

    static synchronized InstalledRedoubt get() {
        if (instance == null) {
            instance = new InstalledRedoubt(install());
        }
        return instance;
    }

    Shell shell() {
        return new Shell(environment);
    }

    String image(String name) {
        String image = environment.get(name);
        if (image == null) {
            throw new AssertionError("e2e/install exported no " + name);
        }
        return image;
    }

    /** Builds more images, as {@code e2e/images/build} names them; returns all that were ever built, by variable. */
    Map<String, String> build(String... names) {
        List<String> command = new ArrayList<>(List.of("e2e/images/build"));
        command.addAll(List.of(names));
        shell().run(Duration.ofMinutes(40), "", command).succeeded();
        Map<String, String> images = new HashMap<>();
        try {
            for (String line : Files.readAllLines(Shell.ROOT.resolve("e2e/images/target/images.env"))) {
                int equals = line.indexOf('=');
                images.put(line.substring(0, equals), line.substring(equals + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return images;
    }

    private static Map<String, String> install() {
        String script = "set -e; exports=$(e2e/install " + String.join(" ", NAMESPACES) + "); eval \"$exports\"; env";
        Shell.Result result = new Shell(Map.of()).run(Duration.ofMinutes(25), "", List.of("bash", "-c", script));
        Map<String, String> environment = new HashMap<>();
        result.succeeded().lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && line.substring(0, equals).matches("KUBECONFIG|PATH|REDOUBT_CLUSTER|[A-Z]+_IMAGE")) {
                environment.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return environment;
    }
}
