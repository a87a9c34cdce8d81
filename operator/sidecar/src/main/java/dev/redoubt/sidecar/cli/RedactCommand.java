package dev.redoubt.sidecar.cli;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.profiles.Stage;
import dev.redoubt.sidecar.recognizer.Observer;
import dev.redoubt.sidecar.recognizer.Recognizers;
import dev.redoubt.sidecar.standalone.LineRedactor;
import dev.redoubt.sidecar.standalone.PolicyFile;
import dev.redoubt.sidecar.standalone.Progress;
import dev.redoubt.sidecar.standalone.ServiceAddresses;
import dev.redoubt.sidecar.standalone.UnjudgedException;
import io.vertx.core.Vertx;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a policy does with texts. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Redacts texts by a RedactionPolicy, the very file that kubectl applies. Contacts nothing but the"
                    + " recognizers that the policy names.",
            "",
            "Each line of the input is an object {\"text\": \"...\"}; its other members are not looked at. Each line of"
                    + " the output is an object {\"text\": \"...\", \"spans\": [{\"entity_type\", \"start\", \"end\","
                    + " \"score\"}]}. Offsets count Unicode code points of the text of the input, as Presidio's do. Where a"
                    + " rule blocks a text, the output has \"text\": null and \"blocked\": true.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every text was redacted",
            "1:the input cannot be read or the output not be written, or a recognizer did not judge a text",
            "2:the command line is wrong",
            "3:the policy, the key ring or a line of the input is not valid",
            "4:every text was redacted, and a rule blocks at least one of them"
        })
final class RedactCommand implements Callable<Integer> {
    private static final Set<Action> KEYED = EnumSet.of(Action.Tokenize, Action.Encrypt, Action.Hash);

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "File with one RedactionPolicy or more (YAML).")
    private Path policy;

    @Option(
            names = "--at",
            paramLabel = "PLACE",
            description = "Apply the rules of one place: ${COMPLETION-CANDIDATES}. Without it every rule applies.")
    private Stage at;

    @Option(
            names = "--keyring",
            paramLabel = "FILE",
            description = "Key ring that tokens and hashes are made with. Without it their keys are of this run only.")
    private Path keyring;

    @Option(
            names = "--service",
            paramLabel = "NAME=ADDRESS",
            description =
                    "Address (host:port) of a Service that the policy names. Without it, the Service's own name and port.")
    private Map<String, String> services = new LinkedHashMap<>();

    @Parameters(
            arity = "0..1",
            paramLabel = "INPUT",
            description = "File with the lines; the standard input where it is absent.")
    private Path input;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try {
            return redact();
        } catch (SpecException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.INVALID;
        } catch (UnjudgedException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.FAILED;
        } catch (IllegalArgumentException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.USAGE;
        } catch (IOException e) {
            Messages.say(
                    command,
                    "%s cannot be read, or the output not be written (%s)"
                            .formatted(source(), e.getClass().getSimpleName()));
            return ExitCodes.FAILED;
        }
    }

    private int redact() throws SpecException, UnjudgedException, IOException {
        Redaction redaction = ServiceAddresses.of(services).resolve(PolicyFile.read(policy));
        if (redaction.recognizers().isEmpty()) {
            return redact(redaction, null);
        }
        Vertx vertx = Vertx.vertx();
        try {
            return redact(redaction, new Recognizers(vertx, Observer.NONE));
        } finally {
            vertx.close();
        }
    }

    private int redact(Redaction redaction, Recognizers recognizers)
            throws SpecException, UnjudgedException, IOException {
        LineRedactor redactor = new LineRedactor(redaction, at, PolicyFile.keyring(keyring), recognizers);
        if (!redactor.acts()) {
            Messages.say(command, policy + " has no rule that applies" + (at == null ? "" : " at " + at));
        }
        boolean keyed = redaction.rules().stream().anyMatch(rule -> KEYED.contains(rule.action()));
        if (keyed && keyring == null) {
            Messages.say(command, "tokens and hashes are of this run only; --keyring makes them last");
        }
        try (InputStream in = input == null ? System.in : Files.newInputStream(input)) {
            OutputStream out = new BufferedOutputStream(System.out);
            Progress progress = new Progress(message -> Messages.say(command, message), System::nanoTime);
            int blocked;
            try {
                blocked = redactor.run(source(), new BufferedInputStream(in), out, progress);
            } finally {
                out.flush();
            }
            if (blocked > 0) {
                Messages.say(command, "a rule blocks " + blocked + " of the texts");
            }
            return blocked > 0 ? ExitCodes.REFUSED : ExitCodes.OK;
        }
    }

    private String source() {
        return input == null ? "standard input" : input.toString();
    }
}
