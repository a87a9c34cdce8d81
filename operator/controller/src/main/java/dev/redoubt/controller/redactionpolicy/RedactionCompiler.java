package dev.redoubt.controller.redactionpolicy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.RedactionPolicySpec;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.spec.JsonSpec;
import dev.redoubt.policy.spec.PolicySpec;
import dev.redoubt.policy.spec.RedactionSpec;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.SpecNode;
import java.util.List;

/** Turns RedactionPolicies into what a guard does with texts, by the parser that guards outside of Kubernetes use. Pure. */
public final class RedactionCompiler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CheckedPolicies CHECKED = new CheckedPolicies();

    private RedactionCompiler() {}

    /**
     * Joins policies in the order in which the pipeline names them; where two say something about one entity at one
     * place, the first wins.
     *
     * @throws InvalidPolicyException where one of them asks for what no guard can do
     */
    public static Redaction compile(List<RedactionPolicy> policies) throws InvalidPolicyException {
        PolicySpec joined = new PolicySpec(Redaction.NONE, List.of());
        Redaction redaction = Redaction.NONE;
        for (RedactionPolicy policy : policies) {
            try {
                PolicySpec spec = RedactionSpec.parse(tree(policy.getSpec()));
                joined = RedactionSpec.join(List.of(joined, spec));
                // with those before it, so that it is known whose entities are too many
                redaction = CHECKED.check(joined);
            } catch (SpecException e) {
                throw new InvalidPolicyException(policy.getMetadata().getName(), e.fault());
            }
        }
        return redaction;
    }

    private static SpecNode tree(RedactionPolicySpec spec) {
        return spec == null ? null : JsonSpec.of(JSON.valueToTree(spec), "spec");
    }
}
