package dev.redoubt.controller.redactionpolicy;

/** A RedactionPolicy that no guard can follow. Its message names what is wrong and never any text to be redacted. */
public class InvalidPolicyException extends Exception {
    private final String policy;

    /**
     * @param policy name of the RedactionPolicy
     * @param fault what is wrong with it and what to do
     */
    public InvalidPolicyException(String policy, String fault) {
        super(fault);
        this.policy = policy;
    }

    /** Name of the RedactionPolicy. */
    public String policy() {
        return policy;
    }
}
