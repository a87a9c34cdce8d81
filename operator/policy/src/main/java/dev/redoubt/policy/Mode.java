package dev.redoubt.policy;

/** What the guard does with what it finds. */
public enum Mode {
    /** Refuses and transforms. */
    Enforce,
    /** Computes, audits and counts everything, changes and refuses nothing. */
    Observe
}
