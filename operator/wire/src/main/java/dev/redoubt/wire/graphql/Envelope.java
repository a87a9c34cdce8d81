package dev.redoubt.wire.graphql;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.path.Walk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The JSON around the text of a GraphQL request. */
final class Envelope {
    private static final int QUERY = 0;
    private static final int VARIABLE = 1;

    private static final PathNode ROOT = PathNode.compile(
            List.of(
                    entry("query", QUERY, Reach.Whole, Naming.None),
                    entry("variables.*", VARIABLE, Reach.Whole, Naming.Member),
                    entry("operationName", 2, Reach.Copied, Naming.None)),
            List.of());

    private final byte[] body;
    private final Hits hits;
    private final boolean[] taken;
    private int query = -1;

    private Envelope(byte[] body, Hits hits) {
        this.body = body;
        this.hits = hits;
        this.taken = new boolean[hits.size()];
    }

    /**
     * Reads the JSON.
     *
     * @throws JsonFault where it is none
     * @throws GraphQlFault where it has no text in it
     */
    static Envelope of(byte[] body, int maxDepth) throws JsonFault, GraphQlFault {
        Envelope envelope = new Envelope(body, Walk.over(body, new Walk.Plan(ROOT, Others.Refuse, false, maxDepth)));
        for (int i = 0; i < envelope.hits.size(); i++) {
            if (envelope.hits.rule(i).index() == QUERY) {
                envelope.query = i;
            }
        }
        if (envelope.query < 0 || !envelope.hits.kind(envelope.query).isString()) {
            throw new GraphQlFault(Kind.Syntax);
        }
        return envelope;
    }

    private static PathNode.Entry entry(String path, int index, Reach reach, Naming naming) {
        return new PathNode.Entry(PathPattern.parse(path), new Rule(index, reach, naming, 0, FieldSet.NONE));
    }

    /** Offset of the first member that does not belong there, −1 for none. */
    int foreign() {
        return hits.foreign();
    }

    /** The text. */
    String text() {
        return new String(decoded(query), StandardCharsets.UTF_8);
    }

    /** The place of the text in the JSON, quotes included. */
    Span span() {
        return new Span(hits.start(query), hits.end(query));
    }

    /** A part of the JSON, in bytes. */
    record Span(int start, int end) {}

    /**
     * A variable that was given.
     *
     * @param span where its value stands
     * @param text the value's text, or its JSON where it is none
     */
    record Given(Span span, Hits.Kind kind, byte[] text) {}

    /**
     * Takes the value of a variable.
     *
     * @throws GraphQlFault where it is not there, is null, was taken before, or is a list or object
     */
    Given take(String variable) throws GraphQlFault {
        long name = NameHash.of(variable);
        for (int i = 0; i < hits.size(); i++) {
            if (hits.rule(i).index() == VARIABLE && hits.field(i) == name && !taken[i]) {
                taken[i] = true;
                return switch (hits.kind(i)) {
                    case String, EscapedString, Number, True, False ->
                        new Given(new Span(hits.start(i), hits.end(i)), hits.kind(i), decoded(i));
                    default -> throw new GraphQlFault(Kind.Variable);
                };
            }
        }
        throw new GraphQlFault(Kind.Variable);
    }

    /** Requires that every variable that is given was taken: what is not used is not looked at either. */
    void requireTaken() throws GraphQlFault {
        for (int i = 0; i < hits.size(); i++) {
            if (hits.rule(i).index() == VARIABLE && !taken[i]) {
                throw new GraphQlFault(Kind.Variable);
            }
        }
    }

    private byte[] decoded(int hit) {
        return hits.kind(hit).isString()
                ? JsonText.decode(body, hits.start(hit) + 1, hits.end(hit) - 1)
                : Arrays.copyOfRange(body, hits.start(hit), hits.end(hit));
    }
}
