package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.Entity;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Question;
import dev.redoubt.sidecar.Rehearsal;
import dev.redoubt.sidecar.Rehearsal.Ending;
import dev.redoubt.sidecar.Rehearsal.Objection;
import dev.redoubt.sidecar.standalone.StandaloneConfig.GuardedTarget;
import dev.redoubt.wire.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a guard does with a request, for people.
 *
 * @param lines in order
 * @param refused whether the target would not see the request
 */
public record Explanation(List<String> lines, boolean refused) {
    private static final String INDENT = " ".repeat(11);

    public Explanation {
        lines = List.copyOf(lines);
    }

    static Explanation of(GuardedTarget target, RequestFile request, Ending ending) {
        List<String> lines = new ArrayList<>();
        GuardConfig config = target.config();
        add(lines, "target", "%s (%s, %s)".formatted(target.name(), config.profile(), config.mode()));
        Route route = ending.route();
        add(
                lines,
                "route",
                route == null ? "none" : "%s (%s %s)".formatted(route.name(), route.method(), route.path()));
        add(lines, "client", ending.client() == null ? "not known" : ending.client());
        if (!ending.operations().isEmpty()) {
            add(lines, "operation", join(ending.operations()));
        }
        if (route != null) {
            for (MessageSpec message : new MessageSpec[] {route.request(), route.response()}) {
                if (message != null && message.stage() != null) {
                    add(lines, "redaction", rules(config, message.stage()));
                    recognizers(config, message.stage()).forEach(line -> add(lines, "not asked", line));
                }
            }
            add(lines, "answer", config.retrieval() == null ? answer(config.output()) : answer(config.retrieval()));
            config.clients().stream()
                    .filter(client -> client.name().equals(ending.client()))
                    .filter(client -> !client.reveals().isEmpty())
                    .forEach(client -> add(lines, "reveals", String.join(", ", client.reveals())));
        }
        findings(ending.report()).forEach(line -> add(lines, "found", line));
        if (!ending.refused()) {
            BodyChanges.between(request.body(), ending.body()).forEach(line -> add(lines, "changed", line));
        }
        decision(config, request, ending).forEach(line -> add(lines, "decision", line));
        return new Explanation(lines, ending.refused());
    }

    private static void add(List<String> lines, String label, String text) {
        lines.add(label + INDENT.substring(label.length()) + text);
    }

    private static List<String> decision(GuardConfig config, RequestFile request, Ending ending) {
        List<String> lines = new ArrayList<>();
        boolean observes = config.mode() == Mode.Observe && !ending.refused();
        for (Objection objection : ending.objections()) {
            lines.add("%s with %d %s: %s%s"
                    .formatted(
                            observes ? "would be refused" : "refused",
                            objection.status(),
                            objection.reason(),
                            objection.message(),
                            objection.rule() == null ? "" : " (rule " + objection.rule() + ")"));
        }
        if (!ending.refused()) {
            boolean changed = !Arrays.equals(ending.body(), request.body());
            lines.add(
                    observes
                            ? "passes as it is, because the policy is only observed"
                            : changed ? "passes, changed" : "passes as it is");
        }
        return lines;
    }

    private static String rules(GuardConfig config, Stage stage) {
        String rules = config.redaction().rules().stream()
                .filter(rule -> rule.at().contains(stage))
                .map(Explanation::rule)
                .collect(Collectors.joining("; "));
        return "at " + stage + ": " + (rules.isEmpty() ? "none" : rules);
    }

    /** Recognisers outside of the guard that a message would be judged by. */
    private static List<String> recognizers(GuardConfig config, Stage stage) {
        return Question.of(config.redaction(), stage).stream()
                .map(question -> "at %s: recognizer %s for %s"
                        .formatted(
                                stage,
                                question.recognizer().name(),
                                question.entities().stream()
                                        .map(Entity::name)
                                        .sorted()
                                        .collect(Collectors.joining(", "))))
                .toList();
    }

    private static String rule(RedactionRule rule) {
        return String.join(", ", rule.entities()) + " -> " + rule.action() + (rule.reversible() ? " (reversible)" : "");
    }

    private static String answer(Retrieval retrieval) {
        return "at most %d results, vectors %s, scores %s%s"
                .formatted(
                        retrieval.maxResults(),
                        word(retrieval.vectors() == Retrieval.Vectors.Strip, "removed"),
                        switch (retrieval.scores()) {
                            case Exact -> "returned";
                            case Round -> "rounded to ";
                            case Drop -> "removed";
                        },
                        retrieval.scoreStep() == null
                                ? ""
                                : retrieval.scoreStep().toPlainString());
    }

    private static String answer(Output output) {
        return "at most %d tokens and %d choices, log-probabilities %s"
                .formatted(
                        output.maxTokens(),
                        output.maxChoices(),
                        word(output.logprobs() == Output.Logprobs.Strip, "removed"));
    }

    private static String word(boolean strict, String word) {
        return strict ? word : "returned";
    }

    private static List<String> findings(Report report) {
        List<String> lines = new ArrayList<>();
        for (Report.Redacted each : report.redacted()) {
            lines.add("%s at %s, %s: %s".formatted(each.entity(), each.stage(), times(each.count()), each.action()));
        }
        count(lines, report.sealed(), "value to seal");
        count(lines, report.dropped(), "field to drop");
        count(lines, report.limited(), "limit to lower or set");
        count(lines, report.logprobs(), "request of log-probabilities to take out");
        return lines;
    }

    private static void count(List<String> lines, int count, String what) {
        if (count > 0) {
            lines.add(what + ", " + times(count));
        }
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String join(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    /** Plays a request to the guard of a target. */
    static Explanation of(GuardedTarget target, StandaloneConfig config, RequestFile request, String client) {
        Rehearsal rehearsal = new Rehearsal(target.config(), config.keyring());
        return of(target, request, rehearsal.play(request.head(), request.body(), client));
    }
}
