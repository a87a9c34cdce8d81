package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.spec.EntitySpec;
import dev.redoubt.policy.spec.PolicySpec;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.profiles.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes sure that a guard can follow a policy: builds what a guard would build, within its bounds, and runs the engine of guards
 * over the examples of each entity. What it tells names entities and the numbers of examples, from 0, never their texts.
 */
public final class PolicyCheck {
    private static final Stage ANY = Stage.Prompt;
    private static final TokenKey KEY = TokenKey.of(new byte[32]);

    /** Forms that tokens can have, to see that nothing else is found in them. */
    private static final List<String> TOKENS = List.of(
            "abcdefghijklm", "a2b3c4d5e6f7g", "2345672345672", "x7q2mz4kd5wpb", "4921334211129921x7q2mz4kd5wpb");

    private PolicyCheck() {}

    /**
     * What a policy asks for, once it is certain that guards can do it.
     *
     * @throws SpecException with the place of the first entity that cannot be built or does not find what it should
     */
    public static Redaction check(PolicySpec policy) throws SpecException {
        Redaction redaction = policy.redaction();
        if (policy.entities().isEmpty()) {
            return redaction;
        }
        for (EntitySpec spec : policy.entities()) {
            check(spec);
        }
        try {
            // every entity at one place is the most that rules can ask for
            Redactor all = redactor(redaction.entities(), Entity.EVERY);
            for (EntitySpec spec : policy.entities()) {
                checkName(spec, all);
            }
        } catch (IllegalArgumentException e) {
            throw new SpecException(
                    policy.entities().get(0).place(),
                    "the entities of the policy cannot be searched for together: " + e.getMessage()
                            + "; write narrower patterns or fewer words");
        }
        return redaction;
    }

    private static void check(EntitySpec spec) throws SpecException {
        CustomEntity entity = spec.entity();
        Redactor alone;
        try {
            alone = redactor(List.of(entity), entity.name());
        } catch (IllegalArgumentException e) {
            throw new SpecException(spec.place(), entity.name() + ": " + e.getMessage());
        }
        String before = entity.context().isEmpty() ? "" : entity.context().get(0) + " ";
        for (int i = 0; i < spec.examples().size(); i++) {
            String text = before + spec.examples().get(i);
            List<Finding> found = alone.redact(ANY, text).findings();
            int start = before.length();
            int end = text.getBytes(StandardCharsets.UTF_8).length;
            boolean whole = found.size() == 1
                    && found.get(0).start() == start
                    && found.get(0).end() == end;
            if (!whole) {
                throw new SpecException(
                        spec.place(),
                        entity.name() + ": examples[" + i + "] is "
                                + (found.isEmpty() ? "not found" : "found, but not as a whole and once"));
            }
        }
        for (int i = 0; i < spec.counterExamples().size(); i++) {
            if (alone.redact(ANY, before + spec.counterExamples().get(i)).changed()) {
                throw new SpecException(
                        spec.place(), entity.name() + ": in counterExamples[" + i + "] something is found");
            }
        }
    }

    /** A name such as API_KEY would make its own tokens look like the values of secrets. */
    private static void checkName(EntitySpec spec, Redactor all) throws SpecException {
        String name = spec.entity().name();
        for (String token : TOKENS) {
            List<Finding> found = all.redact(ANY, "<" + name + "> <" + name + ":" + token + ">")
                    .findings();
            if (!found.isEmpty()) {
                throw new SpecException(
                        spec.place(),
                        "the replacements of " + name + " would be taken for "
                                + found.get(0).entity() + "; choose another name");
            }
        }
    }

    private static Redactor redactor(List<CustomEntity> entities, String name) {
        RedactionRule rule = new RedactionRule(List.of(name), List.of(ANY), Action.Remove);
        return Redactor.compile(new Redaction(List.of(rule), entities, null, null, null), KEY);
    }
}
