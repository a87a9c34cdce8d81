package dev.redoubt.sidecar;

/** What became of a request. */
enum Decision {
    /** It was answered by the target, transformed as the policy says. */
    Allow,
    /** It was refused, or its answer was. */
    Refuse,
    /** The pipeline only observes: it went through unchanged, whatever the policy says. */
    Observe
}
