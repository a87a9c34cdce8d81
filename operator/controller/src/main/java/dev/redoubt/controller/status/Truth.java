package dev.redoubt.controller.status;

/** Status of a condition. */
public enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String value;

    Truth(String value) {
        this.value = value;
    }

    /** The status as it stands in a condition. */
    public String value() {
        return value;
    }
}
