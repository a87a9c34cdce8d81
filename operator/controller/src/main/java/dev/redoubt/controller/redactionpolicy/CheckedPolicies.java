package dev.redoubt.controller.redactionpolicy;

import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.spec.PolicySpec;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.redact.PolicyCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks policies and remembers the last results: building what a guard would build takes about a second, and every
 * reconciliation asks.
 */
final class CheckedPolicies {
    private static final int MOST = 256;

    private final Map<PolicySpec, Result> results = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PolicySpec, Result> eldest) {
            return size() > MOST;
        }
    };

    private record Result(Redaction redaction, SpecException fault) {}

    /** {@link PolicyCheck#check}. */
    Redaction check(PolicySpec policy) throws SpecException {
        Result result;
        synchronized (results) {
            result = results.get(policy);
        }
        if (result == null) {
            result = checked(policy);
            synchronized (results) {
                results.put(policy, result);
            }
        }
        if (result.fault() != null) {
            throw result.fault();
        }
        return result.redaction();
    }

    private static Result checked(PolicySpec policy) {
        try {
            return new Result(PolicyCheck.check(policy), null);
        } catch (SpecException e) {
            return new Result(null, e);
        }
    }
}
