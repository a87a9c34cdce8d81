package dev.redoubt.crds;

/** The types of conditions in the status of all kinds; there are no others. */
public enum ConditionType {
    /** True only when every condition below that must be True was observed to be. */
    READY("Ready"),
    /** The operator works towards the spec (kstatus). */
    RECONCILING("Reconciling"),
    /** The operator cannot go on without a change (kstatus). */
    STALLED("Stalled"),
    /** Every named RedactionPolicy exists and is valid. */
    POLICIES_RESOLVED("PoliciesResolved"),
    /** Every pod of every target carries the guard. */
    INJECTED("Injected"),
    /** Traffic was seen to go through the guard, probed from outside the pod. */
    TRAFFIC_CAPTURED("TrafficCaptured"),
    /** The cluster was seen to enforce NetworkPolicies. */
    NETWORK_POLICY_ENFORCED("NetworkPolicyEnforced"),
    /** Every guard acknowledged the current revision. */
    CONFIG_LOADED("ConfigLoaded"),
    /** Every guard uses the current version of the data key. */
    KEYS_CURRENT("KeysCurrent"),
    /** The named fields are encrypted in the store. */
    FIELD_ENCRYPTION("FieldEncryption"),
    /** The storage class declares that volumes are encrypted. */
    VOLUME_ENCRYPTION("VolumeEncryption"),
    /** There is evidence that Secrets are encrypted at rest. */
    CONTROL_PLANE_ENCRYPTION("ControlPlaneEncryption"),
    /** The limits of the clients are in force. */
    RATE_LIMITED("RateLimited"),
    /** The last leakage test of the current revision passed. */
    LEAKAGE_TEST_PASSED("LeakageTestPassed"),
    /** A way around the guard was found. */
    BYPASS_DETECTED("BypassDetected"),
    /** The guards refuse every request. */
    QUARANTINED("Quarantined");

    private final String value;

    ConditionType(String value) {
        this.value = value;
    }

    /** The type as it stands in a condition. */
    public String value() {
        return value;
    }
}
