package dev.redoubt.controller.redactionpolicy;

import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.RedactionPolicySpec;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns RedactionPolicies into what a guard does with texts. Pure. */
public final class RedactionCompiler {
    private RedactionCompiler() {}

    /**
     * Joins policies in the order in which the pipeline names them; where two say something about one entity at one
     * place, the first wins.
     *
     * @throws InvalidPolicyException where one of them asks for what no guard can do
     */
    public static Redaction compile(List<RedactionPolicy> policies) throws InvalidPolicyException {
        List<RedactionRule> rules = new ArrayList<>();
        Set<String> allow = new LinkedHashSet<>();
        Set<String> exclude = new LinkedHashSet<>();
        Set<String> drop = new LinkedHashSet<>();
        for (RedactionPolicy policy : policies) {
            String name = policy.getMetadata().getName();
            RedactionPolicySpec spec = policy.getSpec();
            refuseUnsupported(name, spec);
            for (dev.redoubt.crds.RedactionRule rule : spec.rules()) {
                rules.add(rule(name, rule));
            }
            allow.addAll(spec.allow());
            exclude.addAll(spec.fields().exclude());
            drop.addAll(spec.drop());
        }
        return new Redaction(rules, List.copyOf(allow), List.copyOf(exclude), List.copyOf(drop));
    }

    private static void refuseUnsupported(String name, RedactionPolicySpec spec) throws InvalidPolicyException {
        if (spec == null) {
            throw new InvalidPolicyException(name, "it has no spec");
        }
        if (!spec.entities().isEmpty()) {
            throw new InvalidPolicyException(name, "entities of your own are not supported yet; remove spec.entities");
        }
        if (!spec.recognizers().isEmpty()) {
            throw new InvalidPolicyException(name, "recognizers are not supported yet; remove spec.recognizers");
        }
    }

    private static RedactionRule rule(String policy, dev.redoubt.crds.RedactionRule rule)
            throws InvalidPolicyException {
        for (String entity : rule.entities()) {
            if (Entity.named(entity).isEmpty()) {
                throw new InvalidPolicyException(
                        policy, "no recogniser finds " + entity + "; use one of the built-in entities");
            }
        }
        List<Stage> stages = new ArrayList<>();
        for (dev.redoubt.crds.RedactionRule.Place place : rule.at()) {
            stages.add(
                    switch (place) {
                        case INGEST -> Stage.Ingest;
                        case QUERY -> Stage.Query;
                        case RETRIEVE -> Stage.Retrieve;
                        case PROMPT -> Stage.Prompt;
                        case COMPLETION -> Stage.Completion;
                    });
        }
        Action action =
                switch (rule.action()) {
                    case REPLACE -> Action.Replace;
                    case MASK -> Action.Mask;
                    case HASH -> Action.Hash;
                    case TOKENIZE -> Action.Tokenize;
                    case REMOVE -> Action.Remove;
                    case BLOCK -> Action.Block;
                    case ENCRYPT ->
                        throw new InvalidPolicyException(
                                policy, "the action Encrypt is not supported yet; use Tokenize");
                };
        return new RedactionRule(rule.entities(), stages, action);
    }
}
