package dev.redoubt.policy;

/**
 * How a guard speaks to its target.
 *
 * @param credential whether it presents a credential, which is mounted beside this configuration and never in it
 */
public record Upstream(boolean credential) {
    /** A target that asks for nothing. */
    public static final Upstream PLAIN = new Upstream(false);
}
