package dev.redoubt.wire.graphql;

import dev.redoubt.wire.graphql.Envelope.Given;
import dev.redoubt.wire.graphql.Envelope.Span;
import dev.redoubt.wire.graphql.GraphQlRequest.Change;
import dev.redoubt.wire.graphql.SourceText.Literal;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.Aliases;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.FloatBytes;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.UnfitVectorException;
import dev.redoubt.wire.text.Splice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A GraphQL request that is being edited: in its text, and in the JSON of its variables. */
final class GraphQlDraft extends Draft {
    private final Span span;
    private final GraphQlRequest request;
    private final Aliases aliases;
    private final Map<Integer, Found> found = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final TreeMap<Span, byte[]> values = new TreeMap<>((one, other) -> one.start() - other.start());

    /**
     * @param span where the text stands in the body
     * @param aliases of what is asked for
     */
    GraphQlDraft(byte[] body, Hits hits, Span span, GraphQlRequest request, Aliases aliases) {
        super(body, hits);
        this.span = span;
        this.request = request;
        this.aliases = aliases;
    }

    /** What stands at a hit, and how it is replaced. */
    private sealed interface Found {
        /** A literal in the text. */
        record InText(Literal literal) implements Found {}

        /** The value of a variable. */
        record InVariable(Given given) implements Found {}

        /** An argument that is not there. */
        record Missing(SelectedField field, String name) implements Found {}

        /** A list or an object. */
        record Container(Whole whole) implements Found {}

        /** A name, which stays. */
        record Word(String name) implements Found {}
    }

    /** What stands in a list that is found as a whole. */
    static final class Whole {
        private final List<Literal> numbers = new ArrayList<>();
        private boolean fits = true;

        /** @param number {@code null} for anything else */
        void add(Literal number) {
            numbers.add(number);
            fits &= number != null;
        }
    }

    Whole whole(int hit) {
        Whole whole = new Whole();
        found.put(hit, new Found.Container(whole));
        return whole;
    }

    void literal(int hit, Literal literal) {
        found.put(hit, new Found.InText(literal));
    }

    void variable(int hit, Given given) {
        found.put(hit, new Found.InVariable(given));
    }

    void argument(int hit, SelectedField field, String name) {
        found.put(hit, new Found.Missing(field, name));
    }

    void name(int hit, String name) {
        found.put(hit, new Found.Word(name));
    }

    @Override
    public Aliases aliases() {
        return aliases;
    }

    @Override
    public boolean isPlain(int hit) {
        return false;
    }

    @Override
    public int from(int hit) {
        throw new IllegalStateException("no text stands in the body as it is");
    }

    @Override
    public int to(int hit) {
        return from(hit);
    }

    @Override
    public byte[] text(int hit) {
        Found at = found.get(hit);
        if (at instanceof Found.InText text) {
            return request.utf8(text.literal());
        } else if (at instanceof Found.InVariable variable) {
            return variable.given().text();
        }
        return at instanceof Found.Word word ? word.name().getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    @Override
    public boolean mayBeNumber(int hit) {
        return hits().kind(hit) == Hits.Kind.Number;
    }

    @Override
    public boolean mayBeText(int hit) {
        return hits().kind(hit).isString();
    }

    @Override
    public void putText(int hit, byte[] utf8) {
        put(hit, GraphQlRequest.string(utf8), JsonText.encode(utf8));
    }

    @Override
    public void putScalar(int hit, byte[] json) {
        put(hit, new String(json, StandardCharsets.US_ASCII), json);
    }

    private void put(int hit, String literal, byte[] json) {
        Found at = found.get(hit);
        if (at instanceof Found.InText text) {
            changes.add(new Change(text.literal().start(), text.literal().end(), literal));
        } else if (at instanceof Found.InVariable variable) {
            values.put(variable.given().span(), json);
        } else if (at instanceof Found.Missing missing) {
            changes.add(request.argument(missing.field(), missing.name(), literal));
        } else {
            throw new IllegalStateException("a name cannot be replaced");
        }
    }

    @Override
    public void changeVectors(int hit, UnaryOperator<float[]> change) throws UnfitVectorException {
        if (!(found.get(hit) instanceof Found.Container container) || !container.whole().fits) {
            throw new UnfitVectorException();
        }
        List<Literal> numbers = container.whole().numbers;
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.parseFloat(new String(request.utf8(numbers.get(i)), StandardCharsets.US_ASCII));
        }
        float[] changed = FloatBytes.changed(vector, change);
        for (int i = 0; i < changed.length; i++) {
            Literal number = numbers.get(i);
            changes.add(new Change(number.start(), number.end(), Float.toString(changed[i])));
        }
    }

    @Override
    public void clear(int hit) {
        throw new IllegalStateException("nothing is taken out of a question");
    }

    @Override
    public void cut(int hit) {
        clear(hit);
    }

    @Override
    public void cutItem(int hit, int before, int after) {
        throw new IllegalStateException("there are no arrays of records");
    }

    @Override
    public void add(Member member) {
        throw new IllegalStateException("arguments that are missing are found by the fields that take them");
    }

    @Override
    public void addObject(String name, List<Member> members) {
        members.forEach(this::add);
    }

    @Override
    public void addTo(int hit, List<Member> members) {
        members.forEach(this::add);
    }

    @Override
    public byte[] finish() {
        String text = request.change(changes);
        if (text != request.text()) {
            values.put(span, JsonText.encode(text.getBytes(StandardCharsets.UTF_8)));
        }
        Splice splice = new Splice(body());
        values.forEach((place, json) -> splice.replace(place.start(), place.end(), json));
        return splice.finish();
    }
}
