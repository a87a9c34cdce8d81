package dev.redoubt.wire;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import java.util.List;

/**
 * What was found in a message and done to it, in names, counts and record ids: nothing of its text.
 *
 * @param redacted entities that were found
 * @param records ids of the records that the message holds, the first of them; those that are themselves entities
 *     are redacted
 * @param recordCount how many ids the message holds
 * @param sealed values that were encrypted
 * @param opened values that were decrypted
 * @param unopened sealed values that could not be opened and were replaced by null
 * @param restored tokens and encrypted texts that became the original again
 * @param dropped record fields that were taken out
 * @param withheld hits that were taken out of an answer
 * @param limited limits that were lowered or set
 * @param vectors vectors, or arrays of them, that were replaced by null
 * @param scores scores that were rounded, or arrays of them that were replaced by null
 * @param logprobs requests or results of log-probabilities that were taken out
 * @param observed the first reason for which the message would have been refused; {@code null} for none, and
 *     always where the policy is enforced
 */
public record Report(
        List<Redacted> redacted,
        List<String> records,
        int recordCount,
        int sealed,
        int opened,
        int unopened,
        int restored,
        int dropped,
        int withheld,
        int limited,
        int vectors,
        int scores,
        int logprobs,
        Refusal observed) {
    /** Nothing was found. */
    public static final Report EMPTY = new Report(List.of(), List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null);

    public Report {
        redacted = List.copyOf(redacted);
        records = List.copyOf(records);
    }

    /**
     * Texts of one kind that met one fate.
     *
     * @param stage where they were found
     * @param action what was done to them
     * @param entity what they are
     * @param count how many
     */
    public record Redacted(Stage stage, Action action, String entity, int count) {}
}
