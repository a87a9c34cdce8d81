package dev.redoubt.wire;

import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.seal.FieldSealer;
import dev.redoubt.wire.seal.FieldTokens;
import dev.redoubt.wire.seal.PlainValue;
import dev.redoubt.wire.seal.SealBroken;
import dev.redoubt.wire.seal.SealPlace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Edits an answer: redacts, opens, takes out vectors and log-probabilities, rounds scores. */
class ResponseEditor extends MessageEditor {
    /** Trying costs time, and whoever fills an answer with made-up tokens must not get it. */
    private static final int MOST_FAILURES = 4096;

    private final ScoreStep step;
    private final Map<Redacted, Integer> names = new HashMap<>(0);
    private final Set<Records.Id> blocked = new HashSet<>(0);
    private Records records;
    private int failures;
    /** Hashes of the names of columns that were taken out. */
    private final Set<Long> withoutColumns = new HashSet<>(0);

    /** @param step {@code null} where scores are not rounded */
    ResponseEditor(Draft draft, MessagePlan plan, Tools tools, MessageContext context, ScoreStep step, Tally tally) {
        super(draft, plan, tools, context, tally);
        this.step = step;
    }

    @Override
    byte[] edit() throws RefusedException {
        if (hits.foreign() >= 0) {
            refuse(RefusalReason.MalformedResponse, "byte " + hits.foreign());
        }
        return super.edit();
    }

    /** A hit of a search that holds what is blocked is taken out; an answer that holds it elsewhere is refused. */
    @Override
    void blocked(int hit, String entity) throws RefusedException {
        if (records == null && plan.records() != null) {
            records = plan.records().of(draft.body());
        }
        Optional<Records.Id> record =
                records == null || tools.observes() ? Optional.empty() : records.at(hits.start(hit));
        if (record.isPresent()) {
            blocked.add(record.get());
        } else {
            super.blocked(hit, entity);
        }
    }

    /** How many hits of the search are blocked. */
    final int blocked() {
        return blocked.size();
    }

    /** The body without those hits, as the target sent it. */
    final byte[] rest() {
        return records.without(blocked);
    }

    @Override
    void value(int hit, ValueSpec spec) throws RefusedException {
        if (hits.kind(hit) == Kind.Null) {
            return;
        }
        switch (spec.role()) {
            case Text, JsonText, Expression, FilteredField -> text(hit);
            case Embedded -> embedded(hit);
            case Column -> column(hit);
            case ColumnName -> columnName(hit);
            case StringText -> {
                if (!hits.kind(hit).isString()) {
                    refuse(RefusalReason.MalformedResponse, spec.path());
                } else {
                    text(hit);
                }
            }
            case Document -> document(hit);
            case RecordId -> note(hit);
            case Collection -> {}
            case Refused -> {
                draft.clear(hit);
                tally.dropped++;
            }
            case Vector, OpaqueVector, QueryVector -> {
                draft.clear(hit);
                tally.vectors++;
            }
            case Score -> score(hit, spec);
            case Logprobs, Opaque -> {
                draft.clear(hit);
                tally.logprobs++;
            }
            default -> throw new IllegalStateException("nothing looks for a " + spec.role() + " in an answer");
        }
    }

    @Override
    MessageEditor inside(MessagePlan inner, Draft document) {
        return new ResponseEditor(document, inner, tools, context, step, tally);
    }

    /** What is no document after all is a text. */
    private void embedded(int hit) throws RefusedException {
        try {
            editDocument(hit);
        } catch (MessageFault e) {
            text(hit);
        }
    }

    /** Vectors are taken out with their column, for nothing else could stand in it. */
    private void column(int hit) {
        if (holdsVectors(hit)) {
            draft.cut(hit);
            skip(hit);
            tally.vectors++;
            withoutColumns.add(hits.field(hit));
        }
    }

    private boolean holdsVectors(int column) {
        int i = column + 1;
        while (i < hits.size() && hits.start(i) < hits.end(column)) {
            Role role = hits.rule(i) == null ? null : plan.spec(hits.rule(i)).role();
            if (role == Role.Vector || role == Role.OpaqueVector) {
                return true;
            }
            int within = i++;
            while (role == Role.Column && i < hits.size() && hits.start(i) < hits.end(within)) {
                i++;
            }
        }
        return false;
    }

    private void columnName(int hit) throws RefusedException {
        byte[] name = draft.text(hit);
        if (withoutColumns.contains(NameHash.of(name, 0, name.length))) {
            draft.cut(hit);
        } else {
            text(hit);
        }
    }

    private void document(int hit) throws RefusedException {
        boolean vector =
                hits.kind(hit) == Kind.Array || hits.kind(hit).isString() && EncodedVector.isOne(draft.text(hit));
        if (!vector) {
            text(hit);
        } else if (!plan.keepsVectors()) {
            draft.clear(hit);
            tally.vectors++;
        }
    }

    private void score(int hit, ValueSpec spec) {
        tally.scores++;
        boolean isText = hits.kind(hit).isString();
        if (step != null && (isText || hits.kind(hit) == Kind.Number)) {
            try {
                byte[] rounded = step.round(new String(draft.text(hit), StandardCharsets.US_ASCII))
                        .getBytes(StandardCharsets.US_ASCII);
                if (isText) {
                    draft.putText(hit, rounded);
                } else {
                    draft.putScalar(hit, rounded);
                }
                return;
            } catch (NumberFormatException e) {
                // no score of ordinary size: it says more than a step may tell, so nothing is said
            }
        }
        if (spec.fallback() == null) {
            draft.clear(hit);
        } else {
            draft.putScalar(hit, spec.fallback().toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    void text(int hit) throws RefusedException {
        if (isSealedField(hit) && hits.kind(hit).isString()) {
            byte[] text = draft.text(hit);
            if (FieldSealer.isSealed(text, 0, text.length)) {
                if (context.opensSealedFields()) {
                    open(hit, text);
                }
                return;
            }
        }
        if (tools.fieldTokens() != null && hits.kind(hit).isString() && tokens(hit)) {
            return;
        }
        byte[] redacted = redact(hit);
        byte[] shown =
                restored(redacted != null || !hits.kind(hit).isString() ? redacted : draft.text(hit), isJson(hit));
        if (shown != null || redacted != null) {
            draft.putText(hit, shown != null ? shown : redacted);
        }
    }

    /** The text with originals in place of tokens; {@code null} where none was put back. */
    private byte[] restored(byte[] text, boolean quoted) {
        if (text == null || tools.restorer() == null) {
            return null;
        }
        int before = tools.restorer().restored();
        byte[] restored = tools.restorer().restore(text, quoted);
        tally.restored += tools.restorer().restored() - before;
        return restored;
    }

    private void open(int hit, byte[] sealed) throws RefusedException {
        byte[] record = record(hit);
        byte[] field = plan.sealed().name(field(hit));
        byte[] plain = record == null ? new byte[0] : opened(place(hit), record, field, sealed);
        if (plain.length == 0 && record != null) {
            // an answer may tell a collection by its own name, the request by an alias
            plain = opened(context.place(), record, field, sealed);
        }
        if (plain.length == 0) {
            draft.clear(hit);
            tally.unopened++;
            return;
        }
        show(hit, new PlainValue(plain));
    }

    private void show(int hit, PlainValue plain) throws RefusedException {
        tally.opened++;
        byte[] content = plain.content();
        byte[] redacted = plan.excluded().contains(field(hit)) ? null : redact(content, 0, content.length);
        byte[] text = redacted != null || !plain.isText() ? redacted : content;
        byte[] shown = restored(text, false);
        if (shown != null || text != null) {
            draft.putText(hit, shown != null ? shown : text);
        } else {
            draft.putScalar(hit, content);
        }
    }

    /** Opens a token of a searchable field, or leaves it to who may see no more. False where there is none. */
    private boolean tokens(int hit) throws RefusedException {
        byte[] text = draft.text(hit);
        int first = FieldTokens.find(text, 0, text.length);
        if (first < 0) {
            return false;
        }
        if (first == 0 && FieldTokens.isToken(text, 0, text.length)) {
            Optional<PlainValue> plain = value(hit, text);
            if (plain.isPresent() && context.opensSealedFields()) {
                show(hit, plain.get());
            }
            return plain.isPresent();
        }
        byte[] opened = context.opensSealedFields() && field(hit) == 0 ? opened(hit, text, first) : null;
        if (opened != null) {
            show(hit, PlainValue.text(opened));
        }
        return opened != null;
    }

    /** A text of no field, such as an error that echoes what was sent, with values in place of tokens; {@code null} for none. */
    private byte[] opened(int hit, byte[] text, int first) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int copied = 0;
        for (int p = first; p >= 0; p = FieldTokens.find(text, p + 1, text.length)) {
            int end = FieldTokens.end(text, p, text.length);
            Optional<PlainValue> plain = value(hit, Arrays.copyOfRange(text, p, end));
            if (plain.isPresent()) {
                out.write(text, copied, p - copied);
                out.writeBytes(plain.get().content());
                copied = end;
            }
        }
        out.write(text, copied, text.length - copied);
        return copied == 0 ? null : out.toByteArray();
    }

    private Set<SealPlace> places(int hit) {
        Set<SealPlace> places = new LinkedHashSet<>();
        if (hits.rule(hit) != null) {
            places.add(place(hit));
        }
        places.add(context.place());
        return places;
    }

    /** What a token stands for: one of its own field, or of any where none is told, as in a count of values. */
    private Optional<PlainValue> value(int hit, byte[] token) {
        if (failures > MOST_FAILURES) {
            return Optional.empty();
        }
        byte[] own = plan.searchable().name(field(hit));
        for (byte[] field : own == null ? plan.searchable().names() : List.of(own)) {
            // an answer may tell a collection by its own name, the request by an alias
            for (SealPlace place : places(hit)) {
                try {
                    return Optional.of(new PlainValue(tools.fieldTokens().open(place, field, token, 0, token.length)));
                } catch (SealBroken e) {
                    // of another field, or none of ours
                    failures++;
                }
            }
        }
        return Optional.empty();
    }

    /** The plain text; empty where it cannot be opened. */
    private byte[] opened(SealPlace place, byte[] record, byte[] field, byte[] sealed) {
        try {
            return tools.sealer().open(place, record, field, sealed, 0, sealed.length);
        } catch (SealBroken e) {
            return new byte[0];
        }
    }

    @Override
    void name(int hit) throws RefusedException {
        byte[] redacted = redact(hit);
        if (redacted != null) {
            draft.putText(hit, unique(hits.count(hit), redacted));
        }
    }

    /** A name that was redacted. */
    private record Redacted(int object, String name) {}

    /** Several names of one object may become the same one, and then all but one of their values would be lost. */
    private byte[] unique(int object, byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        int count = names.merge(new Redacted(object, text), 1, Integer::sum);
        return count == 1 ? name : (text + " " + count).getBytes(StandardCharsets.UTF_8);
    }
}
