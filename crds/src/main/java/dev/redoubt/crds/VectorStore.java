package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * A vector store of the pipeline.
 *
 * @param name name within the pipeline
 * @param workload whose pods are the store
 * @param engine the product
 * @param capture how its traffic comes to the guard
 * @param retrieval what a retrieval may return
 * @param vectorProtection how vectors are transformed
 * @param fieldEncryption which fields are encrypted
 * @param upstreamCredential credential that the guard presents to the store, or null
 */
@ApiObject
@ValidationRule(
        value = "self.engine != 'PgVector'"
                + " || size(self.fieldEncryption.fields) == 0 && size(self.fieldEncryption.searchable) == 0",
        message =
                "fields of PgVector cannot be encrypted: nothing tells which column a parameter of a statement goes to;"
                        + " encrypt them in the application, or redact texts",
        fieldPath = ".fieldEncryption")
@ValidationRule(
        value = "!has(self.retrieval.tenant) || !(self.retrieval.tenant.field in self.fieldEncryption.fields)"
                + " && !(self.retrieval.tenant.field in self.fieldEncryption.searchable)",
        message = "the field of the tenant cannot be encrypted",
        fieldPath = ".fieldEncryption")
@ValidationRule(
        value =
                "!has(self.retrieval.tenant) || self.engine in ['Chroma', 'Qdrant', 'OpenSearch', 'Elasticsearch', 'PgVector']",
        message =
                "records of this engine cannot be confined to tenants yet; supported: Chroma, Qdrant, OpenSearch, Elasticsearch, PgVector",
        fieldPath = ".retrieval.tenant")
public record VectorStore(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription(
                        "Name of the store within the pipeline; unique among stores and models. A DNS label.")
                String name,
        @Required @JsonPropertyDescription("Workload whose pods are the store.") WorkloadReference workload,
        @Required
                @JsonPropertyDescription(
                        "Product that the store runs; decides which routes there are and what they mean.")
                Engine engine,
        @Default("Takeover")
                @JsonPropertyDescription(
                        "How traffic comes to the guard: Takeover (a sidecar listens on the store's ports, the "
                                + "store moves to loopback), Gateway (a guard Deployment in front) or Redirect (iptables). "
                                + "Default Takeover.")
                Capture capture,
        @Default("{}") @JsonPropertyDescription("What a retrieval may return. Default: all of its defaults.")
                Retrieval retrieval,
        @Default("{}")
                @JsonPropertyDescription("How vectors are transformed before they are stored. Default: not at all.")
                VectorProtection vectorProtection,
        @Default("{}")
                @JsonPropertyDescription("Which fields of the records are encrypted in the store. Default: none.")
                FieldEncryption fieldEncryption,
        @JsonPropertyDescription(
                        "Credential that the guard presents to the store, for stores that ask for one. Of PgVector it "
                                + "is the password of a superuser, as which the guard applies the roles of the clients; "
                                + "who it is stands beside it, else postgres. Absent: none.")
                UpstreamCredential upstreamCredential) {

    /** Absent values become the defaults of the schema. */
    public VectorStore {
        capture = Objects.requireNonNullElse(capture, Capture.TAKEOVER);
        retrieval = Objects.requireNonNullElseGet(retrieval, Retrieval::defaults);
        vectorProtection = Objects.requireNonNullElseGet(vectorProtection, () -> new VectorProtection(null, null));
        fieldEncryption = Objects.requireNonNullElseGet(fieldEncryption, () -> new FieldEncryption(null, null));
    }

    /** The products. */
    public enum Engine {
        /** Qdrant. */
        @JsonProperty("Qdrant")
        QDRANT,
        /** Weaviate. */
        @JsonProperty("Weaviate")
        WEAVIATE,
        /** Milvus. */
        @JsonProperty("Milvus")
        MILVUS,
        /** Chroma. */
        @JsonProperty("Chroma")
        CHROMA,
        /** OpenSearch. */
        @JsonProperty("OpenSearch")
        OPEN_SEARCH,
        /** Elasticsearch. */
        @JsonProperty("Elasticsearch")
        ELASTICSEARCH,
        /** PostgreSQL with pgvector. */
        @JsonProperty("PgVector")
        PG_VECTOR
    }

    /** The ways in which traffic comes to the guard. */
    public enum Capture {
        /** A sidecar listens on the original ports; the store moves to loopback. */
        @JsonProperty("Takeover")
        TAKEOVER,
        /** A guard Deployment with a Service of its own stands in front. */
        @JsonProperty("Gateway")
        GATEWAY,
        /** The pod's network namespace redirects traffic to the sidecar. */
        @JsonProperty("Redirect")
        REDIRECT
    }
}
