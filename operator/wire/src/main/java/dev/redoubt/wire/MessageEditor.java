package dev.redoubt.wire;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.redact.RedactedText;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.Restorer;
import dev.redoubt.vectors.VectorProtection;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.seal.FieldSealer;
import dev.redoubt.wire.seal.FieldTokens;
import dev.redoubt.wire.seal.SealPlace;
import dev.redoubt.wire.text.Judgements;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Goes through what was found in one message and edits it. What is common to both directions. */
abstract class MessageEditor {
    private static final byte[] NO_RECORD = {};

    final Draft draft;
    final Hits hits;
    final MessagePlan plan;
    final Tools tools;
    final MessageContext context;
    final Tally tally;
    private final TextScan scan;
    private Map<Position, byte[]> records;
    private Map<Position, byte[]> collections;
    private MessageEditor around;
    private int document;
    private int next;
    private int current;

    MessageEditor(Draft draft, MessagePlan plan, Tools tools, MessageContext context, Tally tally) {
        this.draft = draft;
        this.hits = draft.hits();
        this.plan = plan;
        this.tools = tools;
        this.context = context;
        this.tally = tally;
        this.scan = new TextScan(tools.redactor(), plan.stage(), judgements(plan, tools, context), this::found);
    }

    /**
     * What an editor works with.
     *
     * @param redactor finds entities
     * @param sealer encrypts fields; {@code null} where no field is
     * @param fieldTokens encrypts searchable fields; {@code null} where no field is searchable
     * @param restorer puts originals back; {@code null} where nobody may see them
     * @param protection changes vectors; {@code null} where they stay
     * @param observes whether refusals are noted instead of made
     */
    record Tools(
            Redactor redactor,
            FieldSealer sealer,
            FieldTokens fieldTokens,
            Restorer restorer,
            VectorProtection protection,
            boolean observes) {}

    /** What others find in the texts of a message. */
    static Judgements judgements(MessagePlan plan, Tools tools, MessageContext context) {
        return Judgements.at(plan.stage(), tools.redactor(), context.judgements());
    }

    /** The edited message. */
    byte[] edit() throws RefusedException {
        return editFound();
    }

    private byte[] editFound() throws RefusedException {
        for (int i = 0; i < hits.size(); i = next) {
            next = i + 1;
            current = i;
            ValueSpec spec = hits.rule(i) == null ? null : plan.spec(hits.rule(i));
            if (hits.kind(i).isName()) {
                name(i);
            } else if (spec == null) {
                text(i);
            } else {
                value(i, spec);
            }
        }
        end();
        return draft.finish();
    }

    /** A value that the profile names. */
    abstract void value(int hit, ValueSpec spec) throws RefusedException;

    /** A text, whether the profile names it or not. */
    abstract void text(int hit) throws RefusedException;

    /** A member's name that the profile does not give. */
    abstract void name(int hit) throws RefusedException;

    /** All has been seen. */
    void end() throws RefusedException {}

    /** One that edits a document in this message as this one edits the message. */
    abstract MessageEditor inside(MessagePlan inner, Draft document);

    /** Goes on behind all that was found in a hit. */
    final void skip(int hit) {
        while (next < hits.size() && hits.start(next) < hits.end(hit)) {
            next++;
        }
    }

    /**
     * Edits the document in a string or in bytes.
     *
     * @throws MessageFault where there is none
     */
    final void editDocument(int hit) throws RefusedException, MessageFault {
        byte[] text = draft.text(hit);
        MessagePlan inner = plan.embedded().get(hits.rule(hit).index());
        MessageEditor editor = inside(inner, inner.read(text));
        editor.around = this;
        editor.document = hit;
        byte[] edited = editor.editFound();
        if (edited != text) {
            draft.putText(hit, edited);
        }
    }

    /** Hash of the name of the record field that a hit belongs to, 0 where it belongs to none. */
    final long field(int hit) {
        long whole = around == null ? 0 : around.field(document);
        return whole == 0 ? hits.field(hit) : whole;
    }

    /** Refuses the message; where the policy is only observed the work goes on. */
    final void refuse(RefusalReason reason, String rule) throws RefusedException {
        Refusal refusal = new Refusal(reason, rule);
        if (!tools.observes()) {
            throw new RefusedException(refusal);
        }
        tally.observe(refusal);
    }

    private void found(RedactedText redacted) throws RefusedException {
        tally.found(plan.stage(), redacted.findings());
        if (redacted.blocked()) {
            block(current, blocking(redacted));
        }
    }

    /** A document is a part of the message around it, and of one of its records. */
    private void block(int hit, String entity) throws RefusedException {
        if (around == null) {
            blocked(hit, entity);
        } else {
            around.block(document, entity);
        }
    }

    /** Name of the first entity for which a text is blocked. */
    static String blocking(RedactedText redacted) {
        return redacted.findings().stream()
                .filter(finding -> finding.action() == Action.Block)
                .map(finding -> finding.entity().name())
                .findFirst()
                .orElseThrow();
    }

    /** The policy blocks an entity that stands at a hit. */
    void blocked(int hit, String entity) throws RefusedException {
        refuse(RefusalReason.EntityBlocked, entity);
    }

    /** Redacts a text; {@code null} where nothing was found. */
    final byte[] redact(byte[] text, int from, int to) throws RefusedException {
        return scans() ? scan.text(text, from, to) : null;
    }

    /** Redacts the text of a number; {@code null} where nothing was found. */
    final byte[] redactNumber(byte[] number) throws RefusedException {
        return scans() ? scan.number(number, 0, number.length) : null;
    }

    private boolean scans() {
        return plan.stage() != null && tools.redactor().acts(plan.stage());
    }

    /** Redacts what stands at a hit; {@code null} where nothing was found. */
    final byte[] redact(int hit) throws RefusedException {
        Kind kind = hits.kind(hit);
        if (!scans()) {
            return null;
        }
        if (plan.excluded().contains(field(hit)) || kind == Kind.True || kind == Kind.False) {
            return null;
        }
        if (kind == Kind.Number) {
            return redactNumber(draft.text(hit));
        }
        if (kind.isString() && isJson(hit)) {
            return scan.json(draft.text(hit));
        }
        if (draft.isPlain(hit)) {
            return redact(draft.body(), draft.from(hit), draft.to(hit));
        }
        byte[] text = draft.text(hit);
        return redact(text, 0, text.length);
    }

    /** Whether the profile says that a text is JSON itself. */
    final boolean isJson(int hit) {
        return hits.rule(hit) != null && plan.spec(hits.rule(hit)).role() == Role.JsonText;
    }

    final boolean isSealedField(int hit) {
        return plan.sealed().contains(field(hit));
    }

    final boolean isSearchableField(int hit) {
        return plan.searchable().contains(field(hit));
    }

    /**
     * UTF-8 of the id of the record that a hit belongs to, {@code null} where it has none; of length 0 where no message
     * of the target tells any.
     */
    final byte[] record(int hit) {
        if (!tools.sealer().bindsRecords()) {
            return NO_RECORD;
        }
        if (around != null) {
            return around.record(document);
        }
        if (context.place().record() != null) {
            return context.place().record().getBytes(StandardCharsets.UTF_8);
        }
        // ids may stand behind the texts, so all of them are collected when the first is asked for
        records = records == null ? all(Role.RecordId) : records;
        return records.get(position(hit, plan.owners().id(hits.rule(hit))));
    }

    /** Where the record that a hit belongs to is. */
    final SealPlace place(int hit) {
        if (around != null && plan.specs().stream().noneMatch(spec -> spec.role() == Role.Collection)) {
            return around.place(document);
        }
        collections = collections == null ? all(Role.Collection) : collections;
        byte[] collection = collections.get(position(hit, plan.owners().collection(hits.rule(hit))));
        return collection == null
                ? context.place()
                : context.place().in(new String(collection, StandardCharsets.UTF_8));
    }

    /** The place of the record that the message, which names no other, tells of. */
    final SealPlace told() {
        SealPlace told = context.place();
        for (byte[] collection : all(Role.Collection).values()) {
            told = told.in(new String(collection, StandardCharsets.UTF_8));
        }
        for (byte[] id : all(Role.RecordId).values()) {
            told = told.of(new String(id, StandardCharsets.UTF_8));
        }
        return told;
    }

    /** Which of the values that one spec names it is, by positions in the arrays that lead to it. */
    private record Position(int spec, int outer, int inner) {}

    /** All values of a role, by their positions. */
    private Map<Position, byte[]> all(Role role) {
        Map<Position, byte[]> values = new HashMap<>();
        for (int i = 0; i < hits.size(); i++) {
            if (hits.rule(i) != null
                    && plan.spec(hits.rule(i)).role() == role
                    && (hits.kind(i).isString() || hits.kind(i) == Kind.Number)) {
                values.put(position(i, hits.rule(i).index()), draft.text(i));
            }
        }
        return values;
    }

    /** The position of the value of a spec that stands where a hit does. */
    private Position position(int hit, int spec) {
        int arrays = plan.owners().arrays(spec);
        return new Position(spec, arrays > 0 ? hits.outerIndex(hit) : 0, arrays > 1 ? hits.innerIndex(hit) : 0);
    }

    /** Notes a record's id for the report. An id that is itself an entity is redacted there. */
    final void note(int hit) {
        if (hits.kind(hit).isString() || hits.kind(hit) == Kind.Number) {
            if (tally.wantsRecord()) {
                byte[] id = draft.text(hit);
                byte[] shown =
                        scans() ? tools.redactor().redact(plan.stage(), id).text() : id;
                tally.record(new String(shown, StandardCharsets.UTF_8));
            }
        }
    }
}
