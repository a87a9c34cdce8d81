package dev.redoubt.injection;

import io.fabric8.kubernetes.api.model.Pod;

/** What is to be done with a pod that is about to be created. */
public sealed interface InjectionDecision {
    /**
     * It gets the guard.
     *
     * @param target what it is guarded as
     * @param pod the whole pod with the guard; equal to the given one where it had the guard already
     */
    record Inject(Target target, Pod pod) implements InjectionDecision {}

    /** It stays as it is, because no pipeline claims it. */
    record Skip(SkipReason reason) implements InjectionDecision {}

    /**
     * It must not be created, because it is claimed and cannot be guarded.
     *
     * @param reason what is in the way
     * @param message what is in the way and the next step, for the person who made the workload
     */
    record Reject(RejectReason reason, String message) implements InjectionDecision {}

    /** Why a pod stays as it is. */
    enum SkipReason {
        /** It belongs to no Deployment, StatefulSet or DaemonSet. */
        NO_WORKLOAD,
        /** No pipeline claims its workload. */
        NOT_CLAIMED
    }

    /** Why a pod cannot be guarded. */
    enum RejectReason {
        /** The pipeline asks for an engine, API or capture that this version does not do. */
        UNSUPPORTED,
        /** It carries marks of the guard that were not put there by the webhook. */
        FORGED,
        /** It shares the node's network. */
        HOST_NETWORK,
        /** It shares the node's processes. */
        HOST_PID,
        /** A port of the node leads into it. */
        HOST_PORT,
        /** Its containers see each other's processes. */
        SHARED_PROCESSES,
        /** It runs on Windows. */
        WINDOWS,
        /** None of several containers can be told to be the engine. */
        NO_CONTAINER,
        /** More than one container may be the engine. */
        AMBIGUOUS_CONTAINER,
        /** The container states no command line that a flag could be added to. */
        NO_ARGUMENTS,
        /** The command line is a script for a shell. */
        SHELL_SCRIPT,
        /** The port that it listens on cannot be told. */
        UNKNOWN_PORT,
        /** It listens on a port below 1024. */
        PRIVILEGED_PORT,
        /** It listens on a port that the guard needs for itself. */
        RESERVED_PORT
    }
}
