package dev.redoubt.policy;

/** What happens to a recognised text. */
public enum Action {
    /** Replaced by the entity's name in angle brackets. */
    Replace,
    /** Letters and digits replaced by asterisks, all but the last four of ten or more; of secrets, all. */
    Mask,
    /** Replaced by a keyed digest (HMAC-SHA-256, 128 bits); equal texts give equal digests. */
    Hash,
    /** Replaced by a short keyed token that names the entity; equal texts give equal tokens, so retrieval still works. */
    Tokenize,
    /** Cut out. */
    Remove,
    /** The whole message is refused. */
    Block
}
