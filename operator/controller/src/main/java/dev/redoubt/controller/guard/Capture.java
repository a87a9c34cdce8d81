package dev.redoubt.controller.guard;

/** What was seen of a pod's traffic, from outside the pod. */
public enum Capture {
    /** The guard answers on the original port, and nobody on the relocated one. */
    CAPTURED,
    /** The application was reached around the guard. */
    BYPASSED,
    /** The pod could not be asked. */
    NOT_PROBED
}
