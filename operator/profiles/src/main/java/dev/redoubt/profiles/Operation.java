package dev.redoubt.profiles;

/** What a request does to the target. A client is allowed a set of these and nothing else. */
public enum Operation {
    /** Reads a bounded number of records by similarity, id or filter. */
    Query,
    /** Writes records or creates the collection they go into. */
    Ingest,
    /** Makes a model produce text. */
    Generate,
    /** Makes a model turn text into vectors. */
    Embed,
    /** Administers the target: deletes collections, changes settings, takes snapshots. */
    Manage,
    /** Reads records in bulk. */
    Export,
    /** Liveness and readiness of the target, open to everybody because the kubelet has no identity. */
    Health
}
