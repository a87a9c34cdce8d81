package dev.redoubt.sidecar.cli;

import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.sidecar.Guard;
import dev.redoubt.sidecar.Settings;
import dev.redoubt.sidecar.standalone.Keys;
import dev.redoubt.sidecar.standalone.ReloadWatch;
import dev.redoubt.sidecar.standalone.StandaloneServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves until the process is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Guards the targets of a configuration file, until it is told to stop. The audit goes to the"
                    + " standard output, messages go to the standard error.",
            "",
            "The configuration and all files that it names are read again when one of them changes, and on SIGHUP."
                    + " What is not valid leaves everything as it was.",
            "",
            "Without --config it is the sidecar of a pod: it reads REDOUBT_NAMESPACE, REDOUBT_PIPELINE, REDOUBT_TARGET,"
                    + " REDOUBT_PORTS (name:listen:upstream[,...]) and REDOUBT_DIR (default /etc/redoubt).",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it was told to stop",
            "1:a port cannot be had",
            "2:the command line or the environment is wrong",
            "3:a file is not valid"
        })
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file (YAML); the files that it names are relative to it.")
    private Path config;

    @Option(
            names = "--create-keys",
            description = "Make the key ring where its file does not exist; only its owner may read it.")
    private boolean createKeys;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (config == null) {
            return fromEnvironment(command);
        }
        StandaloneServer server = new StandaloneServer(
                config, new FileOutputStream(FileDescriptor.out), message -> Messages.say(command, message));
        try {
            server.start(createKeys ? Keys.Created : Keys.Existing);
        } catch (SpecException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.INVALID;
        } catch (IOException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.FAILED;
        }
        ReloadWatch watch = new ReloadWatch(server, ReloadWatch.INTERVAL);
        return untilStopped(() -> {
            watch.close();
            server.stop();
        });
    }

    /** Serves as the sidecar of a pod. */
    static int fromEnvironment(CommandSpec command) {
        try {
            Guard guard = new Guard(
                    Settings.from(System.getenv()), new FileOutputStream(FileDescriptor.out), System::nanoTime);
            guard.start();
            return untilStopped(() -> {
                try {
                    guard.stop();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (IllegalArgumentException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.USAGE;
        } catch (IOException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.FAILED;
        }
    }

    private static int untilStopped(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                stop.run();
            } finally {
                // an orderly stop is a success; the JVM would report the signal
                Runtime.getRuntime().halt(ExitCodes.OK);
            }
        }));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCodes.FAILED;
    }
}
