package dev.redoubt.sidecar.cli;

import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.sidecar.standalone.Explainer;
import dev.redoubt.sidecar.standalone.Explanation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a guard does with a request. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Tells which route, operation and rules a request meets, what would be changed in it, and whether and why it"
                    + " would be refused. Contacts nothing, counts no rate and makes no keys.",
            "",
            "The request is an HTTP/1.1 request as text: request line, header fields, an empty line, the body. Its"
                    + " Content-Length is not looked at, so that the body can be edited.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the request passes",
            "1:the request cannot be read",
            "2:the command line is wrong",
            "3:a file is not valid",
            "4:the request is refused"
        })
final class ExplainCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Configuration file of serve (YAML).")
    private Path config;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Target that the request is for; needed where the configuration has several.")
    private String target;

    @Option(
            names = "--as",
            paramLabel = "CLIENT",
            description = "Take this client to ask. Without it the API key of the request tells who asks.")
    private String client;

    @Parameters(
            arity = "0..1",
            paramLabel = "REQUEST-FILE",
            description = "File with the request; the standard input where it is absent.")
    private Path request;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try {
            byte[] bytes = request == null ? System.in.readAllBytes() : Files.readAllBytes(request);
            String source = request == null ? "standard input" : request.toString();
            Explanation explanation = new Explainer(config).explain(source, bytes, target, client);
            PrintWriter out = command.commandLine().getOut();
            explanation.lines().forEach(out::println);
            out.flush();
            return explanation.refused() ? ExitCodes.REFUSED : ExitCodes.OK;
        } catch (SpecException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.INVALID;
        } catch (IllegalArgumentException e) {
            Messages.say(command, e.getMessage());
            return ExitCodes.USAGE;
        } catch (IOException e) {
            Messages.say(
                    command,
                    "%s cannot be read".formatted(request == null ? "the standard input" : request.toString()));
            return ExitCodes.FAILED;
        }
    }
}
