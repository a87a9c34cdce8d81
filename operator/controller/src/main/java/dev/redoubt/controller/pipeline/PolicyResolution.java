package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.redactionpolicy.InvalidPolicyException;
import dev.redoubt.controller.redactionpolicy.RedactionCompiler;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.PolicyReference;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.Redaction;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The RedactionPolicies that a pipeline names, found and compiled, or what is wrong with them.
 *
 * @param redaction what guards do with texts; empty where a policy is missing or invalid, and then no configuration is
 *     written: guards keep the one they have
 * @param recognizers the Services of its recognisers; nobody knows them where a policy is missing or invalid
 * @param finding the condition PoliciesResolved
 */
record PolicyResolution(Optional<Redaction> redaction, List<RecognizerService> recognizers, Finding finding) {
    private static final String UNCHANGED = ". The guards keep the configuration they have";

    PolicyResolution {
        recognizers = List.copyOf(recognizers);
    }

    /**
     * Resolves references.
     *
     * @param references the policies that the pipeline names, in order
     * @param namespace of the pipeline and of all that it names
     * @param policies the policies of its namespace by name
     * @param services the Services of its namespace by name
     */
    static PolicyResolution of(
            List<PolicyReference> references,
            String namespace,
            Map<String, RedactionPolicy> policies,
            Map<String, Service> services) {
        List<RedactionPolicy> found = new ArrayList<>();
        for (PolicyReference reference : references) {
            RedactionPolicy policy = policies.get(reference.name());
            if (policy == null) {
                return unresolved(
                        ConditionReason.POLICY_NOT_FOUND,
                        "RedactionPolicy " + reference.name() + " does not exist; create it" + UNCHANGED);
            }
            found.add(policy);
        }
        try {
            Redaction redaction = RedactionCompiler.compile(found);
            List<RecognizerService> recognizers = new ArrayList<>();
            for (ExternalRecognizer recognizer : redaction.recognizers()) {
                recognizers.add(RecognizerService.of(recognizer, namespace, services));
            }
            String message = found.isEmpty()
                    ? "No RedactionPolicy is named; texts are not redacted"
                    : "All named RedactionPolicies are in force: "
                            + String.join(
                                    ", ",
                                    references.stream()
                                            .map(PolicyReference::name)
                                            .toList());
            return new PolicyResolution(
                    Optional.of(redaction.with(recognizers.stream()
                            .map(RecognizerService::recognizer)
                            .toList())),
                    recognizers,
                    Finding.yes(
                            ConditionType.POLICIES_RESOLVED,
                            found.isEmpty() ? ConditionReason.NOT_REQUESTED : ConditionReason.VALID,
                            message));
        } catch (InvalidPolicyException e) {
            return unresolved(
                    ConditionReason.POLICY_INVALID,
                    "RedactionPolicy " + e.policy() + " is not valid: " + e.getMessage() + UNCHANGED);
        } catch (RecognizerService.UnusableException e) {
            return unresolved(e.reason(), e.getMessage() + UNCHANGED);
        }
    }

    private static PolicyResolution unresolved(ConditionReason reason, String message) {
        return new PolicyResolution(
                Optional.empty(), List.of(), Finding.no(ConditionType.POLICIES_RESOLVED, reason, message));
    }
}
