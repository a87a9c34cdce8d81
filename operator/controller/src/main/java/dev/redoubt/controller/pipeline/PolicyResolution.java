package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.redactionpolicy.InvalidPolicyException;
import dev.redoubt.controller.redactionpolicy.RedactionCompiler;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.PolicyReference;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.policy.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The RedactionPolicies that a pipeline names, found and compiled, or what is wrong with them.
 *
 * @param redaction what guards do with texts; empty where a policy is missing or invalid, and then no configuration is
 *     written: guards keep the one they have
 * @param finding the condition PoliciesResolved
 */
public record PolicyResolution(Optional<Redaction> redaction, Finding finding) {
    /**
     * Resolves references.
     *
     * @param references the policies that the pipeline names, in order
     * @param policies the policies of its namespace by name
     */
    public static PolicyResolution of(List<PolicyReference> references, Map<String, RedactionPolicy> policies) {
        List<RedactionPolicy> found = new ArrayList<>();
        for (PolicyReference reference : references) {
            RedactionPolicy policy = policies.get(reference.name());
            if (policy == null) {
                return unresolved(
                        ConditionReason.POLICY_NOT_FOUND,
                        "RedactionPolicy " + reference.name()
                                + " does not exist; create it. The guards keep the configuration they have");
            }
            found.add(policy);
        }
        try {
            Redaction redaction = RedactionCompiler.compile(found);
            String message = found.isEmpty()
                    ? "No RedactionPolicy is named; texts are not redacted"
                    : "All named RedactionPolicies are in force: "
                            + String.join(
                                    ", ",
                                    references.stream()
                                            .map(PolicyReference::name)
                                            .toList());
            return new PolicyResolution(
                    Optional.of(redaction),
                    Finding.yes(
                            ConditionType.POLICIES_RESOLVED,
                            found.isEmpty() ? ConditionReason.NOT_REQUESTED : ConditionReason.VALID,
                            message));
        } catch (InvalidPolicyException e) {
            return unresolved(
                    ConditionReason.POLICY_INVALID,
                    "RedactionPolicy " + e.policy() + " is not valid: " + e.getMessage()
                            + ". The guards keep the configuration they have");
        }
    }

    private static PolicyResolution unresolved(ConditionReason reason, String message) {
        return new PolicyResolution(Optional.empty(), Finding.no(ConditionType.POLICIES_RESOLVED, reason, message));
    }
}
