package dev.redoubt.redact.recognise;

/** Confirms a candidate by what a pattern cannot say: check digits, ranges, context. */
@FunctionalInterface
public interface Check {
    boolean confirms(Candidate candidate);
}
