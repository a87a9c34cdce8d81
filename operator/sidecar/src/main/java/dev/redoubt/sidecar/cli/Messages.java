package dev.redoubt.sidecar.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Sentences for people, on the standard error. */
final class Messages {
    private static final String PREFIX = "redoubt-guard: ";

    private Messages() {}

    static void say(CommandSpec command, String message) {
        PrintWriter err = command.commandLine().getErr();
        err.println(PREFIX + message);
        err.flush();
    }
}
