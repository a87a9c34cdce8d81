package dev.redoubt.redact.text;

/** The bytes are not UTF-8. Whoever passed them refuses the message; nothing of it may go on. */
public final class MalformedTextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedTextException(String reason) {
        super("not valid UTF-8: " + reason);
    }

    /** The text ends inside a character. */
    public static MalformedTextException cut() {
        return new MalformedTextException("the text ends inside a character");
    }
}
