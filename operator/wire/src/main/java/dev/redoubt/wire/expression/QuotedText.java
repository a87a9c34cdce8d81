package dev.redoubt.wire.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a text in quotes means, and how one is written. */
public final class QuotedText {
    private static final String PLAIN_ESCAPES = "abfnrtv\\'\"?";
    private static final String PLAIN_MEANINGS = "\u0007\b\f\n\r\t\u000b\\'\"?";
    private static final int MOST_OCTAL = 3;

    private final byte[] in;
    private final int end;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    private QuotedText(byte[] in, Token text) {
        this.in = in;
        this.at = text.start() + 1;
        this.end = text.end() - 1;
    }

    /**
     * What a text means.
     *
     * @throws ExpressionFault where it has an escape that is not known
     */
    public static byte[] decode(byte[] in, Token text) throws ExpressionFault {
        QuotedText quoted = new QuotedText(in, text);
        while (quoted.at < quoted.end) {
            quoted.next();
        }
        return quoted.out.toByteArray();
    }

    /**
     * A text that means just what it says, in quotes.
     *
     * @throws ExpressionFault where it has a sign that could end it or means something else
     */
    public static byte[] encode(byte[] text, int at) throws ExpressionFault {
        byte[] quoted = new byte[text.length + 2];
        quoted[0] = '"';
        quoted[text.length + 1] = '"';
        for (int i = 0; i < text.length; i++) {
            byte c = text[i];
            if (c == '"' || c == '\'' || c == '\\' || c >= 0 && c < ' ' || c == 0x7F) {
                throw new ExpressionFault("a redacted text cannot be put in quotes again", at);
            }
            quoted[i + 1] = c;
        }
        return quoted;
    }

    private void next() throws ExpressionFault {
        byte c = in[at++];
        if (c != '\\') {
            out.write(c);
            return;
        }
        byte escape = in[at++];
        int plain = PLAIN_ESCAPES.indexOf(escape);
        if (plain >= 0) {
            out.write(PLAIN_MEANINGS.charAt(plain));
        } else if (escape >= '0' && escape <= '7') {
            at--;
            code(MOST_OCTAL, 1, 8);
        } else {
            switch (escape) {
                case 'x' -> code(2, 1, 16);
                case 'u' -> code(4, 4, 16);
                case 'U' -> code(8, 8, 16);
                default -> throw new ExpressionFault("there is an escape that is not known", at);
            }
        }
    }

    private void code(int most, int least, int radix) throws ExpressionFault {
        int code = 0;
        int digits = 0;
        while (digits < most && at < end && Character.digit(in[at], radix) >= 0) {
            code = code * radix + Character.digit(in[at++], radix);
            digits++;
        }
        if (digits < least
                || !Character.isValidCodePoint(code)
                || code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            throw new ExpressionFault("there is an escape that is not known", at);
        }
        out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
    }
}
