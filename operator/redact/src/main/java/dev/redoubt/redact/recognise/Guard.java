package dev.redoubt.redact.recognise;

import dev.redoubt.redact.text.Fold;

/** What must not stand directly before a match. */
public enum Guard {
    /** Where the match begins with a word symbol: another one. */
    WORD,
    /** A letter, digit, underscore or hyphen: the match would begin inside a longer token. */
    TOKEN;

    /** Whether a match under this guard may begin after a symbol. */
    public boolean admits(int previous) {
        return this == WORD || !Fold.word(previous) && previous != '-';
    }
}
