package dev.redoubt.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs one leakage test. Progress goes to standard output, whose last line is {@code REDOUBT-REPORT} and the full
 * report as JSON; the summary goes to the termination message. Exit code 0 with any verdict, 2 where the input cannot
 * be used.
 */
@Command(
        name = "redoubt-probe",
        description = "Attacks a guarded pipeline as one of its clients and reports what leaks.",
        mixinStandardHelpOptions = true)
public final class ProbeMain implements Callable<Integer> {
    /** Names the file of the termination message. */
    public static final String TERMINATION_MESSAGE_PATH = "REDOUBT_TERMINATION_MESSAGE_PATH";

    private static final String DEFAULT_TERMINATION_MESSAGE_PATH = "/dev/termination-log";
    private static final String REPORT = "REDOUBT-REPORT ";
    private static final int UNUSABLE = 2;

    @Option(names = "--spec", required = true, paramLabel = "FILE", description = "The run specification, a JSON file.")
    private Path spec;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "DIR",
            description = "A folder with the API keys: files 'attacker' and 'writer'.")
    private Path keys;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    ProbeMain(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        ProbeMain main = new ProbeMain(System.getenv(), System.out, System.err);
        System.exit(new CommandLine(main).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        RunSpec run;
        ApiKeys identities;
        try {
            run = RunSpec.read(spec);
            Run.probes(run);
            identities = ApiKeys.read(keys);
        } catch (IOException | IllegalArgumentException e) {
            err.println("redoubt-probe: " + e.getMessage());
            return UNUSABLE;
        }
        Report report;
        try (MiniLm embedder = new MiniLm()) {
            report = new Run(scene(run, identities, embedder, progress()), Clock.systemUTC()).report();
        }
        terminationMessage(report.summary());
        out.println(REPORT + report.full());
        return 0;
    }

    static Scene scene(RunSpec run, ApiKeys keys, Embedder embedder, Consumer<String> progress) {
        JsonClient.Pause pause = time -> Thread.sleep(time.toMillis());
        GuardWitness witness = new GuardWitness();
        return new Scene(
                run,
                new ChromaStore(new JsonClient(run.store(), keys.writer(), pause, witness)),
                new ChromaStore(new JsonClient(run.store(), keys.attacker(), pause, witness)),
                run.model() == null
                        ? null
                        : new ChatModel(new JsonClient(run.model(), keys.attacker(), pause, witness)),
                embedder,
                new Corpus(),
                witness,
                new OwnCollections(run),
                progress);
    }

    private Consumer<String> progress() {
        long start = System.nanoTime();
        return step -> {
            out.printf("%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000, step);
            out.flush();
        };
    }

    private void terminationMessage(String summary) {
        Path file = Path.of(environment.getOrDefault(TERMINATION_MESSAGE_PATH, DEFAULT_TERMINATION_MESSAGE_PATH));
        try {
            Files.writeString(file, summary);
        } catch (IOException e) {
            err.println("redoubt-probe: the termination message cannot be written to " + file);
        }
    }
}
