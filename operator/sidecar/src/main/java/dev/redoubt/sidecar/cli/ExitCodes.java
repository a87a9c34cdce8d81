package dev.redoubt.sidecar.cli;

/** How the guard's process ends. */
final class ExitCodes {
    /** It did what it was asked for. */
    static final int OK = 0;

    /** A port cannot be had, an input or output fails. */
    static final int FAILED = 1;

    /** The command line or the environment is wrong. */
    static final int USAGE = 2;

    /** A file is not valid; the message has its name, line and column. */
    static final int INVALID = 3;

    /** A policy refuses what was asked about. */
    static final int REFUSED = 4;

    private ExitCodes() {}
}
