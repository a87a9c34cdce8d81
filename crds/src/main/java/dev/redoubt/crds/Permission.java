package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether something may be done. */
public enum Permission {
    /** It may. */
    @JsonProperty("Allow")
    ALLOW,
    /** It is refused. */
    @JsonProperty("Deny")
    DENY
}
