package dev.redoubt.benchmarks;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.RouteGuard;
import dev.redoubt.wire.TargetGuard;
import dev.redoubt.wire.route.MalformedTargetException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Guards of one route, as a pipeline with the common rules has them. */
final class Guards {
    private static final String COLLECTION = "/api/v2/tenants/t/databases/d/collections/c";

    private Guards() {}

    /** Of Chroma's answers with records and their vectors. */
    static RouteGuard records(Redaction redaction) {
        Retrieval retrieval = new Retrieval(
                1000,
                Retrieval.Vectors.Strip,
                Retrieval.Scores.Round,
                new BigDecimal("0.05"),
                Permission.Allow,
                Permission.Allow);
        return route("Chroma", retrieval, null, redaction, COLLECTION + "/get");
    }

    /** Of chats with a model. */
    static RouteGuard chat(Redaction redaction) {
        Output output = new Output(Output.Logprobs.Strip, Permission.Deny, 1024, 1);
        return route("OpenAI", null, output, redaction, "/v1/chat/completions");
    }

    /** The common rules, everywhere. */
    static Redaction common(Action action) {
        RedactionRule rule = new RedactionRule(Rules.Common.entities(), List.of(Stage.values()), action);
        return new Redaction(List.of(rule), null, null, null, null);
    }

    private static RouteGuard route(
            String profile, Retrieval retrieval, Output output, Redaction redaction, String target) {
        GuardConfig config = GuardConfig.of("rag", "support")
                .target("target")
                .profile(profile)
                .retrieval(retrieval)
                .output(output)
                .redaction(redaction)
                .build();
        Keyring keyring = new Keyring(1, Map.of(1, new byte[32]), new byte[32]);
        TargetGuard guard = TargetGuard.compile(Profiles.builtIn().find(profile).orElseThrow(), config, keyring);
        try {
            return guard.guard(guard.match("POST", target).orElseThrow());
        } catch (MalformedTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
