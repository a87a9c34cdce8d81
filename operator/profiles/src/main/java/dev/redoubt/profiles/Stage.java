package dev.redoubt.profiles;

/** Where a text stands on its way through the pipeline; redaction rules are bound to stages. */
public enum Stage {
    /** A record on its way into a vector store. */
    Ingest,
    /** A filter or question on its way into a vector store. */
    Query,
    /** A record on its way out of a vector store. */
    Retrieve,
    /** Input of a model: messages, prompts, texts to embed. */
    Prompt,
    /** Output of a model. */
    Completion
}
