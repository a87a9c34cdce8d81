package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done when a leakage test finds that the pipeline leaks. */
public enum ExposureResponse {
    /** The status says so; traffic goes on. */
    @JsonProperty("Report")
    REPORT,
    /** The guards refuse every request until a person releases the pipeline. */
    @JsonProperty("Quarantine")
    QUARANTINE,
    /** The guards return to the last policy revision that passed. */
    @JsonProperty("Rollback")
    ROLLBACK
}
