package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * Where the counts of limits are kept.
 *
 * @param backend the kind of backend
 * @param service Service of the Redis backend, or null
 */
@ApiObject
@ValidationRule(
        value = "has(self.service) == (self.backend == 'Redis')",
        message = "service is needed with backend: Redis and refused without",
        fieldPath = ".service")
public record LimitBackend(
        @Default("Local")
                @JsonPropertyDescription(
                        "Where counts are kept: Local (each guard counts for itself) or Redis (all replicas "
                                + "count together). Default Local.")
                Backend backend,
        @JsonPropertyDescription("Service of the Redis backend. Only with backend: Redis.") ServiceReference service) {

    /** Absent values become the defaults of the schema. */
    public LimitBackend {
        backend = Objects.requireNonNullElse(backend, Backend.LOCAL);
    }

    /** The kinds of backends. */
    public enum Backend {
        /** Memory of each guard. */
        @JsonProperty("Local")
        LOCAL,
        /** A Redis server. */
        @JsonProperty("Redis")
        REDIS
    }
}
