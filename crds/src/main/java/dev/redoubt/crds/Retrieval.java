package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * What a retrieval may return.
 *
 * @param maxResults most results of one query
 * @param vectors whether stored vectors leave the store
 * @param scores whether similarity scores leave the store
 * @param scoreStep step to which scores are rounded, a decimal; present exactly where scores are rounded
 * @param bulkExport whether clients that may export can
 * @param queryByVector whether a query may bring its own vector
 * @param tenant filter that the client cannot remove, or null
 */
@ApiObject
@ValidationRule(
        value = "has(self.scoreStep) == (self.scores == 'Round')",
        message = "scoreStep is needed with scores: Round and refused without",
        fieldPath = ".scoreStep")
@ValidationRule(
        value = "!has(self.scoreStep) || !self.scoreStep.matches(r'" + Formats.DECIMAL
                + "') || (double(self.scoreStep) > 0.0 && double(self.scoreStep) <= 1.0)",
        message = "scoreStep must be above 0 and at most 1",
        fieldPath = ".scoreStep")
public record Retrieval(
        @Default("10")
                @Min(1)
                @Max(1000)
                @JsonPropertyDescription("Most results of one query; a request for more is cut to this. Default 10.")
                Integer maxResults,
        @Default("Strip")
                @JsonPropertyDescription(
                        "Stored vectors in responses: Strip removes them, Allow lets them out. Default Strip, "
                                + "because the text can be rebuilt from a vector.")
                Vectors vectors,
        @Default("Drop")
                @JsonPropertyDescription(
                        "Similarity scores in responses: Drop removes them, Round rounds them to scoreStep, "
                                + "Allow lets them out. Default Drop, because vectors can be rebuilt from enough scores, "
                                + "rounded ones too.")
                Scores scores,
        @Size(max = 13)
                @Pattern(Formats.DECIMAL)
                @JsonPropertyDescription(
                        "Step to which scores are rounded, a decimal above 0 and at most 1. Needed with scores: "
                                + "Round, refused otherwise.")
                String scoreStep,
        @Default("Deny")
                @JsonPropertyDescription(
                        "Reading records in bulk, without a query: Deny or Allow, for clients with the operation "
                                + "Export. Default Deny.")
                Permission bulkExport,
        @Default("Allow")
                @JsonPropertyDescription(
                        "Queries that bring a vector of their own instead of a text: Allow or Deny. Default "
                                + "Allow, because many clients embed on their side.")
                Permission queryByVector,
        @JsonPropertyDescription(
                        "Confines each client to the records of its tenant: what it reads is filtered, whatever filter it "
                                + "sends, and what it writes is marked. A client without a tenant does not get in. "
                                + "Absent: all records are everybody's.")
                TenantFilter tenant) {

    /** Absent values become the defaults of the schema. */
    public Retrieval {
        maxResults = Objects.requireNonNullElse(maxResults, 10);
        vectors = Objects.requireNonNullElse(vectors, Vectors.STRIP);
        scores = Objects.requireNonNullElse(scores, Scores.DROP);
        bulkExport = Objects.requireNonNullElse(bulkExport, Permission.DENY);
        queryByVector = Objects.requireNonNullElse(queryByVector, Permission.ALLOW);
    }

    /** The defaults of the schema. */
    public static Retrieval defaults() {
        return new Retrieval(null, null, null, null, null, null, null);
    }

    /** What happens to stored vectors in responses. */
    public enum Vectors {
        /** They are removed. */
        @JsonProperty("Strip")
        STRIP,
        /** They leave as they are. */
        @JsonProperty("Allow")
        ALLOW
    }

    /** What happens to similarity scores in responses. */
    public enum Scores {
        /** They are removed. */
        @JsonProperty("Drop")
        DROP,
        /** They are rounded to a step. */
        @JsonProperty("Round")
        ROUND,
        /** They leave as they are. */
        @JsonProperty("Allow")
        ALLOW
    }

    /**
     * A filter on the tenant.
     *
     * @param field metadata field of the records that holds the tenant
     * @param claim claim of the client's identity that holds the tenant; null where clients are given theirs
     */
    @ApiObject
    public record TenantFilter(
            @Required
                    @Size(min = 1, max = 253)
                    @Pattern(Formats.FIELD)
                    @JsonPropertyDescription("Metadata field of the records that holds the tenant, as a string.")
                    String field,
            @Size(min = 1, max = 253)
                    @JsonPropertyDescription(
                            "Claim of the client's identity that holds the tenant. Absent: clients[].tenant.")
                    String claim) {}
}
