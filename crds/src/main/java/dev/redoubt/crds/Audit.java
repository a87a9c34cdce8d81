package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Objects;

/**
 * Where the record of each decision goes.
 *
 * @param sink the destination
 * @param chain whether records are chained by an HMAC
 */
@ApiObject
public record Audit(
        @Default("Stdout")
                @JsonPropertyDescription(
                        "Where the record of each decision goes: Stdout, one line of JSON each, in the log of "
                                + "the guard. Default Stdout.")
                Sink sink,
        @Default("false")
                @JsonPropertyDescription(
                        "Whether records are chained by an HMAC, so that edits, gaps and cut tails are found. "
                                + "Default false.")
                Boolean chain) {

    /** Absent values become the defaults of the schema. */
    public Audit {
        sink = Objects.requireNonNullElse(sink, Sink.STDOUT);
        chain = Objects.requireNonNullElse(chain, false);
    }

    /** The destinations. */
    public enum Sink {
        /** The standard output of the guard. */
        @JsonProperty("Stdout")
        STDOUT
    }
}
