package dev.redoubt.wire.expression;

import dev.redoubt.wire.expression.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Takes a filter of Milvus apart into words, numbers, quoted texts and signs. Not its whole grammar: enough to be sure
 * where every text begins and ends and that brackets close, so that a part can be replaced and the whole be put in
 * brackets. What two parsers might take apart differently is refused.
 *
 * <p>Source: Milvus, {@code internal/parser/planparserv2/Plan.g4}.
 */
public final class Tokens {
    private static final String OPERATORS = "<>=!+-*/%&|^~,.:";
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final byte[] in;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Byte> open = new ArrayDeque<>();
    private int at;

    private Tokens(byte[] in) {
        this.in = in;
    }

    /**
     * The tokens of a filter, in their order.
     *
     * @param filter UTF-8
     * @throws ExpressionFault where there is doubt about them
     */
    public static List<Token> of(byte[] filter) throws ExpressionFault {
        Tokens tokens = new Tokens(filter);
        while (tokens.at < filter.length) {
            tokens.next();
        }
        if (!tokens.open.isEmpty()) {
            throw new ExpressionFault("a bracket is not closed", filter.length);
        }
        return tokens.tokens;
    }

    private void next() throws ExpressionFault {
        int start = at;
        byte c = in[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            at++;
        } else if (c == '"' || c == '\'') {
            text(c);
            add(Kind.Text, start);
        } else if (isDigit(c) || c == '.' && at + 1 < in.length && isDigit(in[at + 1])) {
            number();
            add(Kind.Number, start);
        } else if (isWord(c)) {
            while (at < in.length && (isWord(in[at]) || isDigit(in[at]))) {
                at++;
            }
            // u8"..." and its like are one literal
            requireSpace();
            add(Kind.Word, start);
        } else {
            sign(c);
            at++;
            add(Kind.Sign, start);
        }
    }

    private void add(Kind kind, int start) {
        tokens.add(new Token(kind, start, at));
    }

    private void text(byte quote) throws ExpressionFault {
        int start = at++;
        while (at < in.length && in[at] != quote) {
            at += in[at] == '\\' ? 2 : 1;
        }
        if (at >= in.length) {
            throw new ExpressionFault("a text is not closed", start);
        }
        at++;
        requireSpace();
    }

    /** Nothing that could belong to a text stands beside it. */
    private void requireSpace() throws ExpressionFault {
        if (at < in.length && (in[at] == '"' || in[at] == '\'')) {
            throw new ExpressionFault("a text begins where something ends", at);
        }
    }

    private void number() throws ExpressionFault {
        while (at < in.length && (isWord(in[at]) || isDigit(in[at]) || in[at] == '.' || isExponentSign())) {
            at++;
        }
        requireSpace();
    }

    private boolean isExponentSign() {
        boolean sign = in[at] == '+' || in[at] == '-';
        int before = in[at - 1] | 0x20;
        return sign && (before == 'e' || before == 'p') && at + 1 < in.length && isDigit(in[at + 1]);
    }

    private void sign(byte c) throws ExpressionFault {
        if (OPENING.indexOf(c) >= 0) {
            open.push(c);
        } else if (CLOSING.indexOf(c) >= 0) {
            if (open.isEmpty() || OPENING.indexOf(open.pop()) != CLOSING.indexOf(c)) {
                throw new ExpressionFault("a bracket closes nothing", at);
            }
        } else if (OPERATORS.indexOf(c) < 0 || isComment(c)) {
            throw new ExpressionFault("there is a sign that has no meaning", at);
        }
    }

    /** The language has none, but a parser might. */
    private boolean isComment(byte c) {
        byte before = at > 0 ? in[at - 1] : 0;
        return before == '/' && (c == '/' || c == '*') || before == '-' && c == '-';
    }

    private static boolean isWord(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
