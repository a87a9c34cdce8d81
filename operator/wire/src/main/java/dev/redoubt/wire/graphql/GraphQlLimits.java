package dev.redoubt.wire.graphql;

/**
 * How much a request may ask for.
 *
 * @param characters of the text
 * @param tokens of the text, white space left out
 * @param depth of fields in fields, and of values in values
 * @param aliases in all operations, those in fragments once for each use
 * @param fields in all operations, those in fragments once for each use
 */
public record GraphQlLimits(int characters, int tokens, int depth, int aliases, int fields) {
    /** Enough for the requests of clients that are written by hand. */
    public static final GraphQlLimits DEFAULT = new GraphQlLimits(256 << 10, 15_000, 16, 64, 1000);
}
