package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/**
 * A model server of the pipeline.
 *
 * @param name name within the pipeline
 * @param workload whose pods are the model server
 * @param api its API
 * @param output what it may be asked for and may return
 * @param upstreamCredential credential that the guard presents to the model server, or null
 */
@ApiObject
public record Model(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription(
                        "Name of the model within the pipeline; unique among stores and models. A DNS label.")
                String name,
        @Required @JsonPropertyDescription("Workload whose pods are the model server.") WorkloadReference workload,
        @Required
                @JsonPropertyDescription(
                        "API that the model server speaks: OpenAI (and what is compatible with it), Ollama or TGI.")
                Api api,
        @Default("{}")
                @JsonPropertyDescription(
                        "What the model may be asked for and may return. Default: all of its defaults.")
                ModelOutput output,
        @JsonPropertyDescription(
                        "Credential that the guard presents to the model server, for servers that ask for one. "
                                + "Absent: none.")
                UpstreamCredential upstreamCredential) {

    /** Absent values become the defaults of the schema. */
    public Model {
        output = Objects.requireNonNullElseGet(output, ModelOutput::defaults);
    }

    /** The APIs of model servers. */
    public enum Api {
        /** OpenAI's HTTP API, which vLLM, llama.cpp and others speak. */
        @JsonProperty("OpenAI")
        OPEN_AI,
        /** Ollama's own HTTP API. */
        @JsonProperty("Ollama")
        OLLAMA,
        /** Hugging Face Text Generation Inference. */
        @JsonProperty("TGI")
        TGI
    }
}
