package dev.redoubt.wire.path;

import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.text.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A JSON document that is being edited. */
final class JsonDraft extends Draft {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final Splice splice;
    private final StringJoiner added = new StringJoiner(",");

    JsonDraft(byte[] body, Hits hits) {
        super(body, hits);
        splice = new Splice(body);
    }

    @Override
    public boolean isPlain(int hit) {
        return hits().kind(hit) == Kind.String || hits().kind(hit) == Kind.Name;
    }

    @Override
    public int from(int hit) {
        return hits().start(hit) + 1;
    }

    @Override
    public int to(int hit) {
        return hits().end(hit) - 1;
    }

    @Override
    public byte[] text(int hit) {
        return switch (hits().kind(hit)) {
            case String, Name -> Arrays.copyOfRange(body(), from(hit), to(hit));
            case EscapedString, EscapedName -> JsonText.decode(body(), from(hit), to(hit));
            default -> Arrays.copyOfRange(body(), hits().start(hit), hits().end(hit));
        };
    }

    @Override
    public boolean mayBeNumber(int hit) {
        return hits().kind(hit) == Kind.Number;
    }

    @Override
    public boolean mayBeText(int hit) {
        return true;
    }

    @Override
    public void putText(int hit, byte[] utf8) {
        replace(hit, JsonText.encode(utf8));
    }

    @Override
    public void putScalar(int hit, byte[] json) {
        replace(hit, json);
    }

    @Override
    public void changeVectors(int hit, UnaryOperator<float[]> change) throws UnfitVectorException {
        if (!hits().kind(hit).isString()) {
            replace(hit, JsonVectors.change(body(), hits().start(hit), hits().end(hit), change));
            return;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text(hit));
        } catch (IllegalArgumentException e) {
            throw new UnfitVectorException();
        }
        putText(hit, Base64.getEncoder().encode(FloatBytes.change(bytes, change)));
    }

    @Override
    public void clear(int hit) {
        replace(hit, NULL);
    }

    @Override
    public void cut(int hit) {
        replace(hit, NOTHING);
    }

    @Override
    public void cutItem(int hit, int before, int after) {
        int start = before >= 0 ? hits().end(before) : hits().start(hit);
        int end = before < 0 && after >= 0 ? hits().start(after) : hits().end(hit);
        splice.replace(start, end, NOTHING);
    }

    private void replace(int hit, byte[] by) {
        splice.replace(hits().start(hit), hits().end(hit), by);
    }

    @Override
    public void add(Member member) {
        added.add(json(member));
    }

    @Override
    public void addObject(String name, List<Member> members) {
        added.add("\"" + name + "\":{" + json(members) + "}");
    }

    @Override
    public void addTo(int hit, List<Member> members) {
        if (hits().kind(hit) == Kind.Null) {
            replace(hit, ("{" + json(members) + "}").getBytes(StandardCharsets.UTF_8));
        } else {
            // behind the brace, for what stands in the object is edited after it
            int first = hits().start(hit) + 1;
            String more = hits().count(hit) > 0 ? "," : "";
            splice.replace(first, first, (json(members) + more).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String json(List<Member> members) {
        return members.stream().map(JsonDraft::json).collect(Collectors.joining(","));
    }

    private static String json(Member member) {
        return "\"" + member.name() + "\":" + member.json();
    }

    @Override
    public byte[] finish() {
        if (added.length() > 0) {
            String members = (hits().rootMembers() == 0 ? "" : ",") + added;
            splice.replace(hits().rootClose(), hits().rootClose(), members.getBytes(StandardCharsets.UTF_8));
        }
        return splice.finish();
    }
}
