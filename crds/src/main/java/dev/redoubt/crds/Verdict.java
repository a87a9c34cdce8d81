package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a leakage test found. */
public enum Verdict {
    /** The attack stayed below its threshold, with confidence. */
    @JsonProperty("Pass")
    PASS,
    /** The attack reached its threshold, with confidence. */
    @JsonProperty("Fail")
    FAIL,
    /** The data allow neither. */
    @JsonProperty("Inconclusive")
    INCONCLUSIVE,
    /** The test could not have failed, or could not run: it says nothing. */
    @JsonProperty("Invalid")
    INVALID
}
