package dev.redoubt.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the programs that a user runs: scripts of this repository, kubectl, helm. */
final class Shell {
    /** Root of the checkout, given by the build. */
    static final Path ROOT =
            Path.of(System.getProperty("redoubt.root", "..")).toAbsolutePath().normalize();

    private final Map<String, String> environment;

    Shell(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What a program printed and how it ended. */
    record Result(int status, String out, String err) {
        /** Standard output of a program that has to succeed. */
        String succeeded() {
            if (status != 0) {
                throw new AssertionError("ended with " + status + ":\n" + err + "\n" + out);
            }
            return out.strip();
        }
    }

    /** Runs a program to its end; one that takes longer than the limit is ended and fails the test. */
    Result run(Duration limit, String input, List<String> command) {
        try {
            Path out = Files.createTempFile("redoubt-out", ".txt");
            Path err = Files.createTempFile("redoubt-err", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
                builder.environment().putAll(environment);
                builder.redirectOutput(out.toFile()).redirectError(err.toFile());
                Process process = builder.start();
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " did not end within " + limit + ":\n" + Files.readString(err)
                            + Files.readString(out));
                }
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        }
    }

    /** Runs kubectl; the caller looks at how it ended. */
    Result kubectl(String... arguments) {
        return run(Duration.ofMinutes(4), "", prepend("kubectl", arguments));
    }

    /** Runs kubectl with a document on its standard input. */
    Result kubectlWith(String input, String... arguments) {
        return run(Duration.ofMinutes(4), input, prepend("kubectl", arguments));
    }

    private static List<String> prepend(String program, String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(program);
        command.addAll(List.of(arguments));
        return command;
    }
}
