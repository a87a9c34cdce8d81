package dev.redoubt.policy;

import java.util.Objects;

/**
 * What may come back from a model.
 *
 * @param logprobs whether log-probabilities are returned
 * @param logitBias whether a client may bias logits
 * @param maxTokens the most tokens of one answer, at least 1
 * @param maxChoices the most alternatives of one answer, at least 1
 */
public record Output(Logprobs logprobs, Permission logitBias, int maxTokens, int maxChoices) {
    public Output {
        Objects.requireNonNull(logprobs, "logprobs");
        Objects.requireNonNull(logitBias, "logitBias");
        if (maxTokens < 1 || maxChoices < 1) {
            throw new IllegalArgumentException("maxTokens and maxChoices are at least 1");
        }
    }

    /** What happens to log-probabilities. */
    public enum Logprobs {
        Strip,
        Return
    }
}
