package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * One attack of a leakage test.
 *
 * @param name which attack
 */
@ApiObject
public record Probe(@Required @JsonPropertyDescription("Which attack is run.") Name name) {

    /** The attacks. */
    public enum Name {
        /** Rebuilds words of a text from its vector. */
        @JsonProperty("Inversion")
        INVERSION,
        /** Inverts vectors of an unknown embedder with a few known pairs. */
        @JsonProperty("FewShotAlignment")
        FEW_SHOT_ALIGNMENT,
        /** Guesses a value and verifies the guess by similarity. */
        @JsonProperty("GuessAndVerify")
        GUESS_AND_VERIFY,
        /** Rebuilds a stored vector from similarity scores. */
        @JsonProperty("ScoreTrilateration")
        SCORE_TRILATERATION,
        /** Collects as much of the store as the budget allows. */
        @JsonProperty("Crawl")
        CRAWL,
        /** Looks for planted secrets. */
        @JsonProperty("Canary")
        CANARY,
        /** Tells whether a text is in the store. */
        @JsonProperty("Membership")
        MEMBERSHIP,
        /** Looks for log-probabilities. */
        @JsonProperty("Logprobs")
        LOGPROBS,
        /** Copies the embedder by its answers. */
        @JsonProperty("EncoderStealing")
        ENCODER_STEALING
    }
}
