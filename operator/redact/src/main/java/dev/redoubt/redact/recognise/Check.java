package dev.redoubt.redact.recognise;

/** Confirms a candidate by what a pattern cannot say: check digits, ranges, context. */
@FunctionalInterface
public interface Check {
    /** The pattern is enough. */
    Check ALWAYS = candidate -> true;

    boolean confirms(Candidate candidate);

    /** Both confirm; the other one is asked second. */
    default Check and(Check other) {
        return candidate -> confirms(candidate) && other.confirms(candidate);
    }
}
