package dev.redoubt.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One run of a leakage test, as the controller asks for it.
 *
 * @param test name of the LeakageTest, a DNS label or subdomain; part of the names of everything the run writes
 * @param runId tells this run from others of the test
 * @param seed everything random in the run follows from it
 * @param pipelineRevision revision of the guard configuration that is tested, copied into the report
 * @param profile wire API of the store; {@code Chroma}
 * @param store the Service that a client of the store uses
 * @param model the Service that a client of the model uses; {@code null} where the test has none
 * @param attackerName the client whose rights the attacker has
 * @param restrictedEntities entities whose values the pipeline's redaction says must not leave the store in clear
 * @param probes which attacks, by name
 * @param budget what the attacker may spend
 */
public record RunSpec(
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
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    public RunSpec {
        if (test == null || !NAME.matcher(test).matches()) {
            throw new IllegalArgumentException("test is not the name of a Kubernetes object");
        }
        required(runId, "runId");
        required(pipelineRevision, "pipelineRevision");
        required(attackerName, "attackerName");
        Objects.requireNonNull(store, "store is missing");
        Objects.requireNonNull(budget, "budget is missing");
        if (!"Chroma".equals(profile)) {
            throw new IllegalArgumentException("profile is not Chroma, the only store this probe can attack");
        }
        restrictedEntities = restrictedEntities == null ? List.of() : List.copyOf(restrictedEntities);
        probes = probes == null ? List.of() : List.copyOf(probes);
        if (probes.isEmpty() || probes.stream().distinct().count() < probes.size()) {
            throw new IllegalArgumentException("probes names no probe, or one of them twice");
        }
    }

    private static void required(String value, String name) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }

    /**
     * Reads a specification.
     *
     * @throws IOException where the file cannot be read or is no specification of this version
     */
    public static RunSpec read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), RunSpec.class);
        } catch (JsonProcessingException e) {
            throw new IOException("the run specification is not valid: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Where a Service is.
     *
     * @param host DNS name or address
     * @param port TCP port
     * @param revision revision of the configuration of the guard that must answer there
     */
    public record Endpoint(String host, int port, String revision) {
        public Endpoint {
            required(host, "host");
            required(revision, "revision");
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port is not a TCP port");
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * What the attacker may spend in the whole run.
     *
     * @param queries query vectors, look-ups and prompts
     * @param seconds from the start to the last attack; removal of what was written comes on top
     */
    public record Limits(int queries, int seconds) {
        public Limits {
            if (queries < 0 || seconds < 0) {
                throw new IllegalArgumentException("budget is negative");
            }
        }
    }
}
