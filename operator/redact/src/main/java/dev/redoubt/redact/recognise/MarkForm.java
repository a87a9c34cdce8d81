package dev.redoubt.redact.recognise;

/** The form of what redaction puts into a text, {@code <NAME>} and {@code <NAME:token>}: what stands in names and tokens. */
public final class MarkForm {
    /** Characters of the name of an entity. */
    public static final int LONGEST_NAME = 63;

    /** Characters of the shortest token. */
    public static final int SHORTEST_TOKEN = 13;

    private MarkForm() {}

    /** Whether a symbol or byte may stand in a name. */
    public static boolean isOfName(int symbol) {
        return symbol >= 'A' && symbol <= 'Z' || isDigit(symbol) || symbol == '_';
    }

    /** Whether a symbol or byte may stand in a token. */
    public static boolean isOfToken(int symbol) {
        return symbol >= 'a' && symbol <= 'z' || isDigit(symbol);
    }

    private static boolean isDigit(int symbol) {
        return symbol >= '0' && symbol <= '9';
    }
}
