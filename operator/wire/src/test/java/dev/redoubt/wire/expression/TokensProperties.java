package dev.redoubt.wire.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TokensProperties {
    /** What filters are made of, and what would break one. */
    @Provide
    Arbitrary<String> filters() {
        return Arbitraries.of(
                        "\"", "'", "\\", "(", ")", "[", "]", "{", "}", " ", "a", "u8", "$meta", "1", ".5", "1e-3", "==",
                        ">", "and", "or", "not", "in", ",", "&&", "||", "-", "/", "*", "#", ";", "\n", "é", "\u0000",
                        "x\"", "\\\"")
                .list()
                .ofMaxSize(24)
                .map(pieces -> String.join("", pieces));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<List<Token>> tokens(String filter) {
        try {
            return Optional.of(Tokens.of(bytes(filter)));
        } catch (ExpressionFault e) {
            return Optional.empty();
        }
    }

    private static List<String> texts(String filter) {
        byte[] in = bytes(filter);
        return tokens(filter).orElseThrow().stream()
                .map(token -> new String(in, token.start(), token.end() - token.start(), StandardCharsets.UTF_8))
                .toList();
    }

    @Property
    void whatStandsBetweenTokensIsWhiteSpace(@ForAll("filters") String filter) {
        byte[] in = bytes(filter);
        tokens(filter).ifPresent(tokens -> {
            int at = 0;
            for (Token token : tokens) {
                assertThat(new String(in, at, token.start() - at, StandardCharsets.UTF_8))
                        .isBlank();
                assertThat(token.end()).isGreaterThan(token.start());
                at = token.end();
            }
            assertThat(new String(in, at, in.length - at, StandardCharsets.UTF_8))
                    .isBlank();
        });
    }

    @Property
    void aFilterInBracketsNeverGetsOutOfThem(@ForAll("filters") String filter) {
        if (tokens(filter).isEmpty()) {
            return;
        }
        List<String> merged = texts("(tenant == \"acme\") and (" + filter + ")");
        List<String> expected = new ArrayList<>(List.of("(", "tenant", "=", "=", "\"acme\"", ")", "and", "("));
        expected.addAll(texts(filter));
        expected.add(")");
        assertThat(merged).isEqualTo(expected);
        assertThat(depths(merged.subList(8, merged.size() - 1))).allMatch(depth -> depth >= 0);
    }

    private static List<Integer> depths(List<String> tokens) {
        List<Integer> depths = new ArrayList<>();
        int depth = 0;
        for (String token : tokens) {
            depth += "([{".contains(token) ? 1 : ")]}".contains(token) ? -1 : 0;
            depths.add(depth);
        }
        return depths;
    }

    @Property
    void aTextInQuotesIsOneTextAndMeansItself(@ForAll String text) throws ExpressionFault {
        byte[] quoted;
        try {
            quoted = QuotedText.encode(bytes(text), 0);
        } catch (ExpressionFault e) {
            assertThat(text).matches("(?s).*[\"'\\\\\\x00-\\x1F\\x7F].*");
            return;
        }
        List<Token> tokens = Tokens.of(quoted);
        assertThat(tokens).containsExactly(new Token(Token.Kind.Text, 0, quoted.length));
        assertThat(QuotedText.decode(quoted, tokens.get(0))).isEqualTo(bytes(text));
    }

    @Property
    void whateverIsReplacedOnlyThatTextChanges(@ForAll("filters") String filter, @ForAll("filters") String other)
            throws ExpressionFault {
        Optional<List<Token>> tokens = tokens(filter);
        byte[] quoted;
        try {
            quoted = QuotedText.encode(bytes(other), 0);
        } catch (ExpressionFault e) {
            return;
        }
        if (tokens.isEmpty() || tokens.get().stream().noneMatch(token -> token.kind() == Token.Kind.Text)) {
            return;
        }
        byte[] in = bytes(filter);
        int index = 0;
        while (tokens.get().get(index).kind() != Token.Kind.Text) {
            index++;
        }
        Token replaced = tokens.get().get(index);
        String changed = new String(Arrays.copyOf(in, replaced.start()), StandardCharsets.UTF_8)
                + new String(quoted, StandardCharsets.UTF_8)
                + new String(in, replaced.end(), in.length - replaced.end(), StandardCharsets.UTF_8);
        List<String> expected = new ArrayList<>(texts(filter));
        expected.set(index, new String(quoted, StandardCharsets.UTF_8));
        assertThat(texts(changed)).isEqualTo(expected);
    }

    @Example
    void filtersOfTheManualAreTakenApart() {
        for (String filter : List.of(
                "age > 25 and city in [\"Berlin\", 'Paris'] or not (name like \"A%\")",
                "metadata[\"price\"] * 2 >= 1.5e3 && tags[0] != -7 || exists $meta[\"a\"]",
                "json_contains(tags[\"x\"], \"it\\'s \\u00e9 \\x41\") and ARRAY_LENGTH(tags) == 0x1F",
                "TEXT_MATCH(text, 'a b') and id in {ids} and 18 < age <= 60 and flag == true",
                "ST_WITHIN(geo, 'POLYGON ((0 0, 1 1))') and ts > ISO '2025-01-01T00:00:00Z' + INTERVAL 'P1D'",
                "$[age] > 3 and a ** 2 % 3 == 1 and ~b == 1 and c is null")) {
            assertThatCode(() -> Tokens.of(bytes(filter))).as(filter).doesNotThrowAnyException();
        }
    }

    @Example
    void whatTwoParsersMightReadDifferentlyIsRefused() {
        for (String filter : List.of(
                "a == \"b",
                "a == 'b\\'",
                "(a == 1",
                "a == 1)",
                "a == [1)",
                "a == 1) or (b == 1",
                "a -- b",
                "a // b",
                "a /* b */",
                "a == 1; b",
                "a # b",
                "u8\"a\" == b",
                "\"a\"\"b\"",
                "1\"a\"",
                "a == \u201cb\u201d",
                "a\u0000b",
                "a\\b")) {
            assertThatThrownBy(() -> Tokens.of(bytes(filter))).as(filter).isInstanceOf(ExpressionFault.class);
        }
    }

    @Example
    void escapesMeanWhatTheLanguageSays() throws ExpressionFault {
        byte[] in = bytes("'a\\\\\\'\\\"\\n\\t\\x41\\101\\u0040\\U0001F600'");
        assertThat(new String(QuotedText.decode(in, Tokens.of(in).get(0)), StandardCharsets.UTF_8))
                .isEqualTo("a\\'\"\n\tAA@\uD83D\uDE00");
        for (String unknown : List.of("'\\q'", "'\\u00'", "'\\ud800'", "'\\xz'", "'\\U00110000'")) {
            byte[] bytes = bytes(unknown);
            assertThatThrownBy(() -> QuotedText.decode(bytes, new Token(Token.Kind.Text, 0, bytes.length)))
                    .as(unknown)
                    .isInstanceOf(ExpressionFault.class);
        }
    }
}
