package dev.redoubt.injection;

/** How a pod that exists is guarded. */
public enum GuardState {
    /** It has no guard. */
    UNGUARDED,
    /** It has a guard, but not the one that it would get today. */
    OUTDATED,
    /** It has the guard that it would get today. */
    CURRENT
}
