package dev.redoubt.sidecar.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The guard's process. The standard output carries audit or results and nothing else; messages go to the standard error. */
@Command(
        name = "redoubt-guard",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        subcommands = {ServeCommand.class, RedactCommand.class, ExplainCommand.class},
        description = "Guards vector stores and models. Without a command it serves as the sidecar of a pod.")
public final class GuardMain implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    private GuardMain() {}

    /** Exits with one of the codes that {@code --help} of a command tells. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for one execution. */
    static CommandLine commandLine() {
        return new CommandLine(new GuardMain());
    }

    @Override
    public Integer call() {
        return ServeCommand.fromEnvironment(command);
    }
}
