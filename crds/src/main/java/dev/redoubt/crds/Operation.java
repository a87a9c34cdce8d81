package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a client may do with a target; the profile of an engine or model API names the operation of each route. */
public enum Operation {
    /** Search a vector store, or read records that a search named. */
    @JsonProperty("Query")
    QUERY,
    /** Write records into a vector store, or delete them. */
    @JsonProperty("Ingest")
    INGEST,
    /** Have a model complete a prompt. */
    @JsonProperty("Generate")
    GENERATE,
    /** Have a model embed a text. */
    @JsonProperty("Embed")
    EMBED,
    /** Snapshots, backups, collections, settings: whatever administers the target. */
    @JsonProperty("Manage")
    MANAGE,
    /** Read records of a vector store in bulk. */
    @JsonProperty("Export")
    EXPORT
}
