package dev.redoubt.crds;

/** The reasons of conditions in the status of all kinds; there are no others. */
public enum ConditionReason {
    /** The workload has no pods yet; the guard waits for them. */
    ARMED("Armed"),
    /** The workload does not exist. */
    WORKLOAD_ABSENT("WorkloadAbsent"),
    /** All is guarded as the spec says. */
    GUARDED("Guarded"),
    /** Pods are being replaced by guarded ones. */
    ROLLING_OUT("RollingOut"),
    /** An older pipeline claims the same workload. */
    CLAIMED_BY_OTHER("ClaimedByOther"),
    /** A named RedactionPolicy does not exist. */
    POLICY_NOT_FOUND("PolicyNotFound"),
    /** A named RedactionPolicy is not valid. */
    POLICY_INVALID("PolicyInvalid"),
    /** The named RagPipeline does not exist. */
    PIPELINE_NOT_FOUND("PipelineNotFound"),
    /** The named client is not one of the pipeline. */
    CLIENT_NOT_FOUND("ClientNotFound"),
    /** The spec asks for what this version does not do. */
    UNSUPPORTED("Unsupported"),
    /** The operator may not read or write a Secret that it needs. */
    SECRET_ACCESS_DENIED("SecretAccessDenied"),
    /** A Secret that the spec names, or a key of it, does not exist. */
    SECRET_NOT_FOUND("SecretNotFound"),
    /** What a Secret holds under the key that the spec names cannot be used. */
    SECRET_INVALID("SecretInvalid"),
    /** Nothing was observed yet. */
    NOT_YET_PROBED("NotYetProbed"),
    /** Every guard acknowledged. */
    ACKNOWLEDGED("Acknowledged"),
    /** It is under way. */
    PENDING("Pending"),
    /** It was observed. */
    OBSERVED("Observed"),
    /** The spec does not ask for it. */
    NOT_REQUESTED("NotRequested"),
    /** It was checked and is in order. */
    VALID("Valid"),
    /** It is declared, not observed. */
    DECLARED("Declared"),
    /** It is not declared. */
    NOT_DECLARED("NotDeclared"),
    /** There is no evidence either way. */
    UNKNOWN("Unknown"),
    /** The last leakage test passed. */
    PASSED("Passed"),
    /** The last leakage test failed. */
    FAILED("Failed"),
    /** The last leakage test allows no verdict. */
    INCONCLUSIVE("Inconclusive"),
    /** The last leakage test could not have failed, or could not run. */
    INVALID("Invalid"),
    /** The last leakage test attacked an older configuration. */
    OUTDATED("Outdated"),
    /** The application was reached around its guard. */
    BYPASSED("Bypassed"),
    /** A key that stored data may need is not there. */
    KEY_MISSING("KeyMissing"),
    /** An object of somebody else has the name of one that is needed. */
    NAME_TAKEN("NameTaken"),
    /** No Service leads to the target. */
    SERVICE_NOT_FOUND("ServiceNotFound"),
    /** The target is gone and its keys are kept. */
    KEYS_KEPT("KeysKept"),
    /** The mode is Observe: nothing is refused or changed. */
    OBSERVING("Observing"),
    /** An error that the message names. */
    ERROR("Error");

    private final String value;

    ConditionReason(String value) {
        this.value = value;
    }

    /** The reason as it stands in a condition. */
    public String value() {
        return value;
    }
}
