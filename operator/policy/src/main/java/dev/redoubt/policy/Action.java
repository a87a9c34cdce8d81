package dev.redoubt.policy;

/** What happens to a recognised text. */
public enum Action {
    /** Replaced by the entity's name in angle brackets. */
    Replace,
    /** Letters and digits replaced by asterisks, all but the last four of ten or more; of secrets, all. */
    Mask,
    /** Replaced by a keyed digest (HMAC-SHA-256, 128 bits); equal texts give equal digests. */
    Hash,
    /**
     * Replaced by a keyed token that names the entity; equal texts give equal tokens, so retrieval still works. Short where
     * the rule does not ask for one that can be restored.
     */
    Tokenize,
    /** Encrypted by standards, equal texts alike: digits by FF1 (NIST SP 800-38G), else AES-GCM-SIV (RFC 8452). */
    Encrypt,
    /** Cut out. */
    Remove,
    /** The whole message is refused. */
    Block
}
