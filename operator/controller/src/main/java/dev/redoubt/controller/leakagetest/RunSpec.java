package dev.redoubt.controller.leakagetest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.controller.keys.Digests;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.profiles.Stage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the probe is asked for, in the form that it reads ({@code dev.redoubt.probe.RunSpec}, with which no type is
 * shared).
 *
 * @param test name of the LeakageTest
 * @param runId tells the run from others of the test
 * @param seed everything random follows from it
 * @param pipelineRevision configuration revision of the pipeline that is attacked
 * @param profile profile of the store
 * @param store the Service of the store
 * @param model the Service of a model that the attacker may use, or null
 * @param attackerName client that attacks
 * @param restrictedEntities entities that must not leave the store in clear
 * @param probes names of the attacks
 * @param budget what may be spent
 */
record RunSpec(
        String test,
        String runId,
        long seed,
        String pipelineRevision,
        String profile,
        Endpoint store,
        Endpoint model,
        String attackerName,
        List<String> restrictedEntities,
        List<String> probes,
        Limits budget) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ID_DIGITS = 12;

    /**
     * Where a guard is reached.
     *
     * @param host name of a Service
     * @param port its port
     * @param revision revision of the configuration of the guard that must answer there
     */
    record Endpoint(String host, int port, String revision) {
        static Endpoint of(Address address, String revision) {
            return new Endpoint(address.host(), address.port(), revision);
        }
    }

    /** A Service. */
    record Address(String host, int port) {}

    /** A budget: requests, and seconds. */
    record Limits(int queries, long seconds) {}

    /**
     * The specification of the next run.
     *
     * @param clients the clients that the test has in the pipeline
     * @param pipelineRevision configuration revision of the pipeline
     * @param config configuration of the store that is attacked
     */
    static RunSpec of(
            LeakageTest test,
            ProbeClients clients,
            String pipelineRevision,
            GuardConfig config,
            Endpoint store,
            Optional<Endpoint> model) {
        String last = test.getStatus() == null || test.getStatus().lastRun() == null
                ? ""
                : test.getStatus().lastRun().id();
        // another run gets another id, and the same state of things gives the same
        String id = Digests.sha256Hex(String.join("\n", test.getMetadata().getUid(), last, pipelineRevision)
                        .getBytes(StandardCharsets.UTF_8))
                .substring(0, ID_DIGITS);
        return new RunSpec(
                test.getMetadata().getName(),
                id,
                Long.parseLong(id, 16),
                pipelineRevision,
                config.profile(),
                store,
                model.orElse(null),
                clients.attacker(),
                restricted(config),
                test.getSpec().probes().stream()
                        .map(probe -> JSON.convertValue(probe.name(), String.class))
                        .toList(),
                new Limits(
                        test.getSpec().budget().queries(),
                        Durations.parse(test.getSpec().budget().duration()).toSeconds()));
    }

    /** The address of the store in a specification that was written before; empty where it cannot be read. */
    static Optional<Address> storeAddress(String json) {
        try {
            JsonNode store = JSON.readTree(json).path("store");
            return store.path("host").isTextual() && store.path("port").isInt()
                    ? Optional.of(new Address(
                            store.path("host").textValue(), store.path("port").intValue()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The JSON that the probe reads. */
    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Entities that the redaction keeps out of the store, or keeps in it. */
    private static List<String> restricted(GuardConfig config) {
        return config.redaction().rules().stream()
                .filter(rule -> rule.at().contains(Stage.Ingest) || rule.at().contains(Stage.Retrieve))
                .flatMap(rule -> config.redaction().entities(rule).stream())
                .distinct()
                .sorted()
                .map(Entity::name)
                .toList();
    }
}
