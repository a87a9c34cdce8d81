package dev.redoubt.sidecar;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The guard's process. The standard output carries the audit and nothing else; messages go to the standard error. */
@Command(
        name = "redoubt-guard",
        mixinStandardHelpOptions = true,
        subcommands = GuardMain.Serve.class,
        description = "Guards one vector store or model: the sidecar of Redoubt. Without a command it serves.")
public final class GuardMain implements Callable<Integer> {
    private GuardMain() {}

    /** Exits with 0 after an orderly stop, 1 where a port cannot be had, 2 where the environment is wrong. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GuardMain()).execute(arguments));
    }

    @Override
    public Integer call() {
        return new Serve().call();
    }

    /** Serves until the process is told to stop. */
    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = {
                "Listens on the application's ports and guards it.",
                "Reads REDOUBT_NAMESPACE, REDOUBT_PIPELINE, REDOUBT_TARGET, REDOUBT_PORTS"
                        + " (name:listen:upstream[,...]) and REDOUBT_DIR (default /etc/redoubt)."
            })
    static final class Serve implements Callable<Integer> {
        @Override
        public Integer call() {
            try {
                return serve(Settings.from(System.getenv()));
            } catch (IllegalArgumentException e) {
                System.err.println("redoubt-guard: " + e.getMessage());
                return CommandLine.ExitCode.USAGE;
            } catch (IOException e) {
                System.err.println("redoubt-guard: " + e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CommandLine.ExitCode.SOFTWARE;
            }
        }

        private static int serve(Settings settings) throws IOException, InterruptedException {
            Guard guard = new Guard(settings, new FileOutputStream(FileDescriptor.out), System::nanoTime);
            guard.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    guard.stop();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    // an orderly stop is a success; the JVM would report the signal
                    Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
                }
            }));
            new CountDownLatch(1).await();
            return CommandLine.ExitCode.OK;
        }
    }
}
