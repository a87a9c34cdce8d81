package dev.redoubt.wire;

import dev.redoubt.wire.expression.ExpressionFault;
import dev.redoubt.wire.expression.QuotedText;
import dev.redoubt.wire.expression.Token;
import dev.redoubt.wire.expression.Token.Kind;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.FieldSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds in a filter of Milvus what fields of a set are compared with for equality: {@code f == 1}, {@code f != 1},
 * {@code f in [1]}, {@code f not in [1]} and whether a list holds something. Only in these forms, so that nothing else may
 * be done to such a field: neither the other way around, nor by computing.
 */
final class ExpressionEquality {
    /** Words before a field that make nothing of it. */
    private static final Set<String> BEFORE = Set.of("and", "or", "not", "exists");

    /** Words behind a comparison. */
    private static final Set<String> BEHIND = Set.of("and", "or");

    private static final Set<String> HOLDS_ONE = Set.of("json_contains", "array_contains");
    private static final Set<String> HOLDS_SOME =
            Set.of("json_contains_any", "json_contains_all", "array_contains_any", "array_contains_all");

    private final byte[] filter;
    private final List<Token> tokens;
    private final FieldSet fields;
    private final Map<Integer, byte[]> compared = new HashMap<>();
    private byte[] other;

    private ExpressionEquality(byte[] filter, List<Token> tokens, FieldSet fields) {
        this.filter = filter;
        this.tokens = tokens;
        this.fields = fields;
    }

    /**
     * Looks at a whole filter.
     *
     * @throws ExpressionFault where a text cannot be read
     */
    static ExpressionEquality of(byte[] filter, List<Token> tokens, FieldSet fields) throws ExpressionFault {
        ExpressionEquality equality = new ExpressionEquality(filter, tokens, fields);
        int i = 0;
        while (!fields.isEmpty() && i < tokens.size()) {
            i = tokens.get(i).kind() == Kind.Word ? equality.word(i) : i + 1;
        }
        return equality;
    }

    /** A field of the set that more is asked of than equality: UTF-8 of its name. */
    Optional<byte[]> other() {
        return Optional.ofNullable(other);
    }

    /** UTF-8 of the name of the field that the literal of a number in the list of tokens is compared with; {@code null} for none. */
    byte[] field(int token) {
        return compared.get(token);
    }

    /** Goes behind the name that begins here. */
    private int word(int start) throws ExpressionFault {
        byte[] field = fields.name(hash(bytes(start)));
        int end = start + 1;
        while (isSign(end, '[') && end + 2 < tokens.size() && isLiteral(end + 1) && isSign(end + 2, ']')) {
            if (field == null && tokens.get(end + 1).kind() == Kind.Text) {
                field = fields.name(hash(QuotedText.decode(filter, tokens.get(end + 1))));
            }
            end += 3;
        }
        if (field != null && !isSign(end, '(') && !compares(start, end, field) && other == null) {
            other = field;
        }
        return end;
    }

    private boolean compares(int start, int end, byte[] field) {
        if (isSign(start - 1, '(') && start > 1 && tokens.get(start - 2).kind() == Kind.Word) {
            String function = lowerCase(start - 2);
            if (HOLDS_ONE.contains(function)) {
                return isSign(end, ',') && literal(end + 1, field) >= 0;
            }
            if (HOLDS_SOME.contains(function)) {
                return isSign(end, ',') && list(end + 1, field) >= 0;
            }
            if (!BEFORE.contains(function)) {
                return false;
            }
        } else if (!isFree(start - 1)) {
            return false;
        }
        if (isEnd(end)) {
            return start > 0
                    && tokens.get(start - 1).kind() == Kind.Word
                    && lowerCase(start - 1).equals("exists");
        }
        int behind = -1;
        if ((isSign(end, '=') || isSign(end, '!')) && isSign(end + 1, '=')) {
            behind = literal(end + 2, field);
        } else if (isWord(end, "in")) {
            behind = list(end + 1, field);
        } else if (isWord(end, "not") && isWord(end + 1, "in")) {
            behind = list(end + 2, field);
        } else if (isWord(end, "is")) {
            int value = isWord(end + 1, "not") ? end + 2 : end + 1;
            behind = isWord(value, "null") ? value + 1 : -1;
        }
        return behind >= 0 && isEnd(behind);
    }

    /** The place behind a literal, −1 where there is none. */
    private int literal(int at, byte[] field) {
        if (at < tokens.size() && isLiteral(at)) {
            compared.put(at, field);
            return at + 1;
        }
        return -1;
    }

    /** The place behind a list of literals, −1 where there is none. */
    private int list(int at, byte[] field) {
        if (!isSign(at, '[')) {
            return -1;
        }
        int p = at + 1;
        while (!isSign(p, ']')) {
            p = literal(p, field);
            if (p < 0 || !isSign(p, ',') && !isSign(p, ']')) {
                return -1;
            }
            p += isSign(p, ',') ? 1 : 0;
        }
        return p + 1;
    }

    private boolean isLiteral(int at) {
        Kind kind = tokens.get(at).kind();
        return kind == Kind.Text || kind == Kind.Number || isWord(at, "true") || isWord(at, "false");
    }

    /** Whether nothing before a field makes anything of it. */
    private boolean isFree(int before) {
        if (before < 0) {
            return true;
        }
        return tokens.get(before).kind() == Kind.Word
                ? BEFORE.contains(lowerCase(before))
                : isSign(before, '(') || isSign(before, '&') || isSign(before, '|') || isSign(before, '!');
    }

    private boolean isEnd(int at) {
        if (at >= tokens.size()) {
            return true;
        }
        return tokens.get(at).kind() == Kind.Word
                ? BEHIND.contains(lowerCase(at))
                : isSign(at, ')') || isSign(at, '&') && isSign(at + 1, '&') || isSign(at, '|') && isSign(at + 1, '|');
    }

    private boolean isWord(int at, String word) {
        return at < tokens.size()
                && tokens.get(at).kind() == Kind.Word
                && lowerCase(at).equals(word);
    }

    private boolean isSign(int at, char sign) {
        return at >= 0
                && at < tokens.size()
                && tokens.get(at).kind() == Kind.Sign
                && filter[tokens.get(at).start()] == sign;
    }

    private byte[] bytes(int at) {
        return Arrays.copyOfRange(filter, tokens.get(at).start(), tokens.get(at).end());
    }

    private String lowerCase(int at) {
        return new String(bytes(at), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private static long hash(byte[] name) {
        return NameHash.of(name, 0, name.length);
    }
}
