package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * How one target of a pipeline is guarded.
 *
 * @param name name of the store or model
 * @param kind which of the two it is
 * @param workload kind and name of the workload, such as StatefulSet/chroma
 * @param podsTotal pods that the workload has
 * @param podsGuarded pods that carry the guard
 * @param podsLoaded pods whose guard acknowledged the current revision
 * @param keyVersion active version of the data key, or null
 */
@ApiObject
public record TargetStatus(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the vector store or model.") String name,
        @Required @JsonPropertyDescription("VectorStore or Model.") Kind kind,
        @Size(max = 270) @JsonPropertyDescription("Kind and name of the workload, such as StatefulSet/chroma.")
                String workload,
        @Min(0) @JsonPropertyDescription("Pods that the workload has.") Integer podsTotal,
        @Min(0) @JsonPropertyDescription("Pods that carry the guard.") Integer podsGuarded,
        @Min(0) @JsonPropertyDescription("Pods whose guard acknowledged the current configuration revision.")
                Integer podsLoaded,
        @Min(1) @JsonPropertyDescription("Active version of the data key. Absent where nothing is encrypted.")
                Integer keyVersion) {

    /** The kinds of targets. */
    public enum Kind {
        /** A vector store. */
        @JsonProperty("VectorStore")
        VECTOR_STORE,
        /** A model. */
        @JsonProperty("Model")
        MODEL
    }
}
