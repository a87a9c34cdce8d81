package dev.redoubt.wire.expression;

/**
 * A piece of a filter.
 *
 * @param start first byte, quotes included
 * @param end the place behind the last byte
 */
public record Token(Kind kind, int start, int end) {
    /** What it is. */
    public enum Kind {
        /** Name of a field or function, or a word of the language. */
        Word,
        Number,
        /** A text in quotes. */
        Text,
        /** A bracket or (part of) an operator, one byte. */
        Sign
    }
}
