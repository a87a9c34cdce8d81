package dev.redoubt.policy.spec;

import java.util.Objects;

/**
 * A spec that cannot be followed. Says where and what to do. Names fields, and values only where the set of sensible ones
 * is closed and public, such as entities: a key that somebody wrote into the wrong field is not repeated.
 */
public final class SpecException extends Exception {
    private final transient Place place;
    private final String fault;

    public SpecException(Place place, String fault) {
        super(place + ": " + fault);
        this.place = Objects.requireNonNull(place, "place");
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }

    /** What is wrong, without the place. */
    public String fault() {
        return fault;
    }
}
