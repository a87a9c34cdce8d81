package dev.redoubt.wire;

import dev.redoubt.wire.expression.ExpressionFault;
import dev.redoubt.wire.expression.QuotedText;
import dev.redoubt.wire.expression.Token;
import dev.redoubt.wire.expression.Tokens;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.seal.PlainValue;
import dev.redoubt.wire.text.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Redacts what a filter compares with, so that it meets what was redacted when it was stored. What is put in is always
 * one text in quotes, without a sign that could end it.
 */
final class ExpressionScan {
    /** Words that begin another comparison. */
    private static final Set<String> JUNCTIONS = Set.of("and", "or");

    /** Words between a field and what it is compared with. */
    private static final Set<String> COMPARISONS = Set.of("in", "like", "not", "is");

    private final RequestEditor editor;
    private final int hit;
    private final String path;
    private final byte[] filter;
    private final List<Token> tokens;
    private final ExpressionEquality equality;
    private final Splice splice;
    /** Hash of the name of the field that is compared, 0 before one is named. */
    private long field;

    /**
     * @param hit where it stands in its message
     * @param path of the filter in its message
     * @param filter UTF-8
     * @throws ExpressionFault where it cannot be taken apart
     */
    ExpressionScan(RequestEditor editor, int hit, String path, byte[] filter) throws ExpressionFault {
        this.editor = editor;
        this.hit = hit;
        this.path = path;
        this.filter = filter;
        this.tokens = Tokens.of(filter);
        this.equality = ExpressionEquality.of(filter, tokens, editor.plan.searchable());
        this.splice = new Splice(filter);
    }

    /**
     * The redacted filter: the very array that was given where nothing was found.
     *
     * @throws ExpressionFault where a text cannot be read, or a replacement cannot be put in
     */
    byte[] redact() throws ExpressionFault, RefusedException {
        if (equality.other().isPresent()) {
            String name = new String(equality.other().get(), StandardCharsets.UTF_8);
            editor.refuse(RefusalReason.InequalityFilter, name);
        }
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (equality.field(i) != null) {
                compared(token, equality.field(i));
                continue;
            }
            switch (token.kind()) {
                case Word -> word(token);
                case Text -> text(i, QuotedText.decode(filter, token));
                case Number -> number(token);
                case Sign -> {
                    boolean joins = filter[token.start()] == '&' || filter[token.start()] == '|';
                    field = joins ? 0 : field;
                }
            }
        }
        return splice.finish();
    }

    /** What a searchable field is compared with. */
    private void compared(Token token, byte[] name) throws ExpressionFault, RefusedException {
        boolean isText = token.kind() == Token.Kind.Text;
        byte[] value =
                isText ? QuotedText.decode(filter, token) : Arrays.copyOfRange(filter, token.start(), token.end());
        byte[] redacted = null;
        if (!editor.plan.excluded().contains(NameHash.of(name, 0, name.length))) {
            redacted = isText ? editor.redact(value, 0, value.length) : editor.redactNumber(value);
        }
        Optional<PlainValue> plain = redacted != null
                ? Optional.of(PlainValue.text(redacted))
                : isText ? Optional.of(PlainValue.text(value)) : PlainValue.canonical(value);
        put(token, editor.token(hit, name, plain));
    }

    private void word(Token token) throws RefusedException {
        String word = lowerCase(token);
        if (JUNCTIONS.contains(word)) {
            field = 0;
        } else if (!COMPARISONS.contains(word)) {
            name(Arrays.copyOfRange(filter, token.start(), token.end()));
        }
    }

    private String lowerCase(Token token) {
        return new String(filter, token.start(), token.end() - token.start(), StandardCharsets.US_ASCII)
                .toLowerCase(Locale.ROOT);
    }

    /** A name tells the server where to look; redacted it would tell it to look elsewhere. */
    private void name(byte[] name) throws RefusedException {
        if (editor.redact(name, 0, name.length) != null) {
            editor.refuse(RefusalReason.EntityInName, path);
        }
        field = NameHash.of(name, 0, name.length);
    }

    private void text(int index, byte[] text) throws ExpressionFault, RefusedException {
        if (isMember(index)) {
            name(text);
        } else if (isLookedAt()) {
            put(tokens.get(index), editor.redact(text, 0, text.length));
        }
    }

    private void number(Token token) throws ExpressionFault, RefusedException {
        if (isLookedAt()) {
            put(token, editor.redactNumber(Arrays.copyOfRange(filter, token.start(), token.end())));
        }
    }

    /** Whether the policy is about what the field is compared with. */
    private boolean isLookedAt() throws RefusedException {
        if (editor.plan.sealed().contains(field)) {
            editor.refuse(RefusalReason.SealedFilter, path);
        }
        return !editor.plan.excluded().contains(field);
    }

    /** Whether a text is the name of a member, as in {@code meta["author"]}. */
    private boolean isMember(int index) {
        if (index < 2 || !isSign(index - 1, '[')) {
            return false;
        }
        Token before = tokens.get(index - 2);
        return isSign(index - 2, ']')
                || before.kind() == Token.Kind.Word
                        && !JUNCTIONS.contains(lowerCase(before))
                        && !COMPARISONS.contains(lowerCase(before));
    }

    private boolean isSign(int index, char sign) {
        Token token = tokens.get(index);
        return token.kind() == Token.Kind.Sign && filter[token.start()] == sign;
    }

    /** @param redacted what is to stand there; {@code null} where nothing was found */
    private void put(Token token, byte[] redacted) throws ExpressionFault {
        if (redacted != null) {
            splice.replace(token.start(), token.end(), QuotedText.encode(redacted, token.start()));
        }
    }
}
