package dev.redoubt.redact.recognise;

/** What must not stand directly before a match. */
public enum Guard {
    /** Where the match begins with a word symbol: another one. */
    WORD,
    /** A letter, digit, underscore or hyphen: the match would begin inside a longer token. */
    TOKEN,
    /** A digit and a full stop: the match would begin behind the point of a longer number. */
    DECIMAL,
    /** A digit and a full stop, hyphen or slash: the match would begin inside a longer number. */
    NUMBER,
    /** A colon, letter, digit or underscore: the match would begin inside a longer address. */
    ADDRESS
}
