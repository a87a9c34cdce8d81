package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Permission;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.wire.expression.ExpressionFault;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.path.UnfitVectorException;
import dev.redoubt.wire.seal.PlainValue;
import dev.redoubt.wire.seal.SealPlace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Edits a request: redacts, seals, lowers what is too high, refuses what must not be asked. */
final class RequestEditor extends MessageEditor {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private final GuardConfig config;
    private final boolean bulk;
    private final boolean bulkExport;
    private final Caps caps;
    private final boolean confined;
    private final ScoreStep step;
    private final int maxTokens;
    private final int maxChoices;
    /** By rule: whether a limit stands in the request, and where a null stands in its place. */
    private final boolean[] given;

    private final boolean queryByVector;

    private final int[] nulls;
    private final MissingMembers missing = new MissingMembers();
    private boolean streams;

    /**
     * @param step {@code null} where scores are not rounded
     * @param bulk whether the client may read any number of records
     */
    RequestEditor(
            Draft draft,
            MessagePlan plan,
            Tools tools,
            MessageContext context,
            GuardConfig config,
            ScoreStep step,
            boolean bulk,
            Tally tally) {
        super(draft, plan, tools, context, tally);
        this.config = config;
        this.caps = Caps.of(config, bulk);
        this.confined = config.retrieval() != null && config.retrieval().tenant() != null;
        this.step = step;
        this.maxTokens =
                config.output() == null ? Caps.UNLIMITED : config.output().maxTokens();
        this.maxChoices =
                config.output() == null ? Caps.UNLIMITED : config.output().maxChoices();
        this.bulk = bulk;
        this.bulkExport = config.retrieval() != null && config.retrieval().bulkExport() == Permission.Allow;
        this.queryByVector = Direction.mayQueryByVector(config);
        this.given = new boolean[plan.specs().size()];
        this.nulls = new int[plan.specs().size()];
    }

    @Override
    byte[] edit() throws RefusedException {
        if (bulk && !bulkExport) {
            refuse(RefusalReason.BulkExport, "retrieval.bulkExport");
        }
        if (hits.foreign() >= 0) {
            refuse(RefusalReason.UnknownField, "byte " + hits.foreign());
        }
        if (!hits.rootIsObject() && !plan.isList()) {
            refuse(RefusalReason.WrongType, "body");
            return draft.body();
        }
        // nulls stand before the edits that may replace them, so they are found first
        for (int i = 0; i < hits.size(); i++) {
            if (hits.rule(i) != null && hits.kind(i) != Kind.Absent) {
                int rule = hits.rule(i).index();
                boolean isNull = hits.kind(i) == Kind.Null;
                given[rule] |= !isNull;
                nulls[rule] = isNull ? hits.start(i) : nulls[rule];
                streams |= hits.kind(i) == Kind.True && plan.spec(hits.rule(i)).role() == Role.Stream;
            }
        }
        for (int rule = 0; rule < plan.specs().size(); rule++) {
            if (nulls[rule] == 0 && isMissing(rule, plan.specs().get(rule))) {
                missing.add(plan.specs().get(rule), set(plan.specs().get(rule)));
                tally.limited++;
            }
        }
        return super.edit();
    }

    @Override
    void value(int hit, ValueSpec spec) throws RefusedException {
        Kind kind = hits.kind(hit);
        if (kind == Kind.Cut) {
            draft.cut(hit);
            countCut(spec);
        } else if (hits.rule(hit).reach() == Reach.Cut) {
            // an item cannot be taken out: its position is its record
            if (kind != Kind.Null) {
                draft.clear(hit);
                countCut(spec);
            }
        } else if (kind == Kind.Absent) {
            if (spec.fallback() > caps.results()) {
                lower(hit, caps.results());
            }
        } else if (kind == Kind.Null) {
            setNull(hit, spec);
        } else {
            given(hit, spec);
        }
    }

    private void countCut(ValueSpec spec) {
        if (spec.role() == Role.Logprobs) {
            tally.logprobs++;
        } else {
            tally.dropped++;
        }
    }

    private void given(int hit, ValueSpec spec) throws RefusedException {
        if (spec.pattern() != null
                && hits.kind(hit).isString()
                && !spec.pattern()
                        .matcher(new String(draft.text(hit), StandardCharsets.UTF_8))
                        .matches()) {
            refuse(RefusalReason.WrongType, spec.path());
        }
        switch (spec.role()) {
            case Text, JsonText, ColumnName -> text(hit);
            case FilteredField -> filteredField(hit);
            case Embedded -> embedded(hit, spec);
            case Expression -> expression(hit, spec);
            case Column -> {} // what is in it is looked at by other rules
            case StringText -> {
                if (!hits.kind(hit).isString()) {
                    refuse(RefusalReason.WrongType, spec.path());
                } else {
                    text(hit);
                }
            }
            case Document -> document(hit, spec);
            case RecordId -> note(hit);
            case Collection, Pass -> {}
            case Ids -> {
                if (hits.kind(hit) == Kind.Array) {
                    limit(hit, spec, caps.results());
                } else if (hits.kind(hit) == Kind.Object) {
                    refuse(RefusalReason.WrongType, spec.path());
                } else {
                    text(hit);
                }
            }
            case Limit -> limit(hit, spec, caps.results());
            case Breadth -> limit(hit, spec, caps.candidates());
            // one that is too far makes the request an export, which was decided before
            case Offset -> requireCount(hit, spec);
            case Threshold -> threshold(hit, spec);
            case Scoring -> refuse(RefusalReason.WeighedScores, spec.path());
            case Refused -> {
                if (hits.kind(hit) != Kind.False) {
                    refuse(RefusalReason.RefusedField, spec.path());
                }
            }
            case Example -> example(hit, spec);
            case MaxTokens -> maxTokens(hit, spec);
            case Object -> object(hit, spec);
            case Usage -> usage(hit, spec);
            case Stream -> {}
            case Choices -> {
                long choices = number(hit, spec);
                if (choices < 0 || choices > maxChoices) {
                    refuse(RefusalReason.TooManyChoices, spec.path());
                }
            }
            case QueryVector -> queryVector(hit, spec);
            case Vector -> protect(hit, spec);
            case OpaqueVector -> refuse(RefusalReason.UnprotectedVector, spec.path());
            case Candidates -> refuse(RefusalReason.ChosenCandidates, spec.path());
            case LogitBias -> {
                if (!isEmpty(hit)) {
                    refuse(RefusalReason.LogitBias, spec.path());
                }
            }
            default -> throw new IllegalStateException("nothing looks for a " + spec.role() + " in a request");
        }
    }

    private void example(int hit, ValueSpec spec) throws RefusedException {
        switch (hits.kind(hit)) {
            case Array -> queryVector(hit, spec);
            case Object -> {} // what is in it is looked at by other rules
            default -> {
                if (confined) {
                    refuse(RefusalReason.OtherTenant, spec.path());
                }
            }
        }
    }

    private void queryVector(int hit, ValueSpec spec) throws RefusedException {
        if (!queryByVector) {
            refuse(RefusalReason.QueryByVector, spec.path());
        } else if (tools.protection() != null) {
            protect(hit, spec);
        }
    }

    private void document(int hit, ValueSpec spec) throws RefusedException {
        boolean vector = hits.kind(hit) == Kind.Array;
        if (vector && plan.stage() == Stage.Ingest && isSealedField(hit)) {
            seal(hit, null);
        } else if (vector && plan.stage() == Stage.Ingest && isSearchableField(hit)) {
            tokenize(hit, null);
        } else if (tools.protection() != null
                && (vector || hits.kind(hit).isString() && EncodedVector.isOne(draft.text(hit)))) {
            protect(hit, spec);
        } else if (!vector) {
            text(hit);
        }
    }

    @Override
    void text(int hit) throws RefusedException {
        boolean filter = plan.isFilter(hits.rule(hit));
        boolean sealed = isSealedField(hit);
        boolean searchable = isSearchableField(hit);
        if (sealed && filter) {
            refuse(RefusalReason.SealedFilter, name(plan.sealed(), hit));
        }
        if (searchable && filter && !hits.isCompared(hit)) {
            refuse(RefusalReason.InequalityFilter, name(plan.searchable(), hit));
        }
        byte[] redacted = redact(hit);
        if (searchable) {
            tokenize(hit, redacted);
        } else if (sealed && plan.stage() == Stage.Ingest) {
            seal(hit, redacted);
        } else if (redacted != null) {
            draft.putText(hit, redacted);
        }
    }

    /** A name in a filter that does not show what is compared with it. */
    private void filteredField(int hit) throws RefusedException {
        byte[] name = draft.text(hit);
        long sealed = plan.sealed().part(name);
        long searchable = plan.searchable().part(name);
        if (sealed != 0) {
            refuse(RefusalReason.SealedFilter, new String(plan.sealed().name(sealed), StandardCharsets.UTF_8));
        }
        if (searchable != 0) {
            String field = new String(plan.searchable().name(searchable), StandardCharsets.UTF_8);
            refuse(RefusalReason.InequalityFilter, field);
        }
        text(hit);
    }

    private void seal(int hit, byte[] redacted) throws RefusedException {
        byte[] record = record(hit);
        if (record == null) {
            refuse(RefusalReason.MissingRecordId, plan.spec(hits.rule(hit)).path());
            return;
        }
        if (!draft.mayBeText(hit)) {
            refuse(RefusalReason.WrongType, name(plan.sealed(), hit));
            return;
        }
        boolean isText = redacted != null || hits.kind(hit).isString();
        byte[] text = redacted != null ? redacted : draft.text(hit);
        PlainValue plain = isText ? PlainValue.text(text) : PlainValue.scalar(text);
        byte[] field = plan.sealed().name(field(hit));
        draft.putText(hit, tools.sealer().seal(place(hit), record, field, plain.bytes()));
        tally.sealed++;
    }

    /** Puts the token of a value in its place, in a record or in a filter alike. */
    private void tokenize(int hit, byte[] redacted) throws RefusedException {
        boolean isText = redacted != null || hits.kind(hit).isString();
        byte[] text = redacted != null ? redacted : draft.text(hit);
        Optional<PlainValue> plain = isText ? Optional.of(PlainValue.text(text)) : PlainValue.canonical(text);
        byte[] field = plan.searchable().name(field(hit));
        byte[] token = token(hit, field, plain.filter(any -> draft.mayBeText(hit)));
        if (token != null) {
            draft.putText(hit, token);
        }
    }

    /**
     * The token of a value that stands at a hit, or in it; {@code null} where there cannot be one and the policy is only
     * observed.
     *
     * @param plain empty for a value that nothing can be equal to, or in whose place no text may stand
     */
    byte[] token(int hit, byte[] field, Optional<PlainValue> plain) throws RefusedException {
        SealPlace place = place(hit);
        String name = new String(field, StandardCharsets.UTF_8);
        if (place.collection().isEmpty()) {
            refuse(RefusalReason.MissingCollection, name);
        } else if (plain.isEmpty()) {
            refuse(RefusalReason.WrongType, name);
        } else {
            tally.sealed++;
            return tools.fieldTokens().token(place, field, plain.get().bytes());
        }
        return null;
    }

    /** Name of the field that a hit belongs to, which a configuration gave. */
    private String name(FieldSet fields, int hit) {
        return new String(fields.name(field(hit)), StandardCharsets.UTF_8);
    }

    @Override
    void name(int hit) throws RefusedException {
        if (redact(hit) != null) {
            refuse(
                    RefusalReason.EntityInName,
                    hits.rule(hit) == null
                            ? "others"
                            : plan.spec(hits.rule(hit)).path());
        }
    }

    @Override
    MessageEditor inside(MessagePlan inner, Draft document) {
        return new RequestEditor(document, inner, tools, context, config, step, false, tally);
    }

    private void embedded(int hit, ValueSpec spec) throws RefusedException {
        try {
            editDocument(hit);
        } catch (MessageFault e) {
            refuse(RefusalReason.MalformedBody, spec.path() + ": " + e.rule());
        }
    }

    private void expression(int hit, ValueSpec spec) throws RefusedException {
        try {
            byte[] filter = draft.text(hit);
            byte[] redacted = new ExpressionScan(this, hit, spec.path(), filter).redact();
            if (redacted != filter) {
                draft.putText(hit, redacted);
            }
        } catch (ExpressionFault e) {
            refuse(RefusalReason.MalformedExpression, spec.path() + ": " + e.getMessage());
        }
    }

    private void protect(int hit, ValueSpec spec) throws RefusedException {
        if (hits.kind(hit).isString() && EncodedVector.isMisread(draft.text(hit))) {
            refuse(RefusalReason.UnprotectedVector, spec.path());
            return;
        }
        try {
            draft.changeVectors(hit, tools.protection()::protect);
            tally.vectors++;
        } catch (UnfitVectorException e) {
            refuse(RefusalReason.UnprotectedVector, spec.path());
        }
    }

    private boolean isEmpty(int hit) {
        boolean container = hits.kind(hit) == Kind.Array || hits.kind(hit) == Kind.Object;
        return container
                && new String(draft.text(hit), StandardCharsets.UTF_8)
                                .replaceAll("\\s", "")
                                .length()
                        == 2;
    }

    private void limit(int hit, ValueSpec spec, int most) throws RefusedException {
        if (hits.kind(hit) == Kind.Array) {
            if (hits.count(hit) > most) {
                refuse(RefusalReason.TooMany, spec.path());
            }
        } else if (!isOne(hit, spec) && requireCount(hit, spec) > most) {
            lower(hit, most);
        }
    }

    /** Whether an object stands in place of a list with it alone: only where the profile knows its members. */
    private boolean isOne(int hit, ValueSpec spec) {
        return hits.kind(hit) == Kind.Object
                && plan.specs().stream().anyMatch(other -> other.path().startsWith(spec.path() + "."));
    }

    private long requireCount(int hit, ValueSpec spec) throws RefusedException {
        long asked = number(hit, spec);
        if (asked < 0) {
            refuse(RefusalReason.WrongType, spec.path());
        }
        return asked;
    }

    private void threshold(int hit, ValueSpec spec) throws RefusedException {
        if (step == null) {
            refuse(RefusalReason.ScoreOracle, spec.path());
            return;
        }
        try {
            String asked = new String(draft.text(hit), StandardCharsets.US_ASCII);
            draft.putScalar(hit, step.border(asked).getBytes(StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            refuse(RefusalReason.WrongType, spec.path());
        }
    }

    private void maxTokens(int hit, ValueSpec spec) throws RefusedException {
        long asked = number(hit, spec);
        // some servers take a negative number for no limit
        if (asked < 0 || asked > maxTokens) {
            lower(hit, maxTokens);
        }
    }

    private void lower(int hit, int cap) {
        draft.putScalar(hit, digits(cap));
        tally.limited++;
    }

    private void object(int hit, ValueSpec spec) throws RefusedException {
        if (hits.kind(hit) != Kind.Object) {
            refuse(RefusalReason.WrongType, spec.path());
            return;
        }
        addMissing(hit, spec);
    }

    private void addMissing(int hit, ValueSpec object) {
        List<Draft.Member> members = missing.take(object.path());
        if (!members.isEmpty()) {
            draft.addTo(hit, members);
        }
    }

    private void usage(int hit, ValueSpec spec) throws RefusedException {
        if (hits.kind(hit) != Kind.True && hits.kind(hit) != Kind.False) {
            refuse(RefusalReason.WrongType, spec.path());
        } else if (streams) {
            draft.putScalar(hit, TRUE);
        }
    }

    /** A null where a limit is: set to the cap where its absence would ask for more. */
    private void setNull(int hit, ValueSpec spec) {
        int rule = hits.rule(hit).index();
        if (spec.role() == Role.Object) {
            addMissing(hit, spec);
        } else if (isMissing(rule, spec) && hits.start(hit) == nulls[rule]) {
            draft.putScalar(hit, set(spec).getBytes(StandardCharsets.US_ASCII));
            tally.limited++;
        }
    }

    @Override
    void end() {
        missing.rootMembers().forEach(draft::add);
        missing.objects().forEach(draft::addObject);
    }

    /** Whether a limit must be set because the request does not have it. */
    private boolean isMissing(int rule, ValueSpec spec) {
        if (given[rule]) {
            return false;
        }
        if (spec.role() == Role.Usage) {
            return streams;
        }
        if (spec.role() == Role.Limit) {
            // those of other objects are set before: see LimitSetter, or told as absent
            return spec.fallback() != null
                    && spec.fallback() > caps.results()
                    && !plan.tellsAbsence()
                    && plan.patterns().get(rule).isSettable();
        }
        if (spec.role() != Role.MaxTokens || maxTokens == Caps.UNLIMITED) {
            return false;
        }
        // one of them is enough, and the first is it
        for (int other = 0; other < plan.specs().size(); other++) {
            if (plan.specs().get(other).role() == Role.MaxTokens && (given[other] || other < rule)) {
                return false;
            }
        }
        return true;
    }

    /** What a member is set to where it is missing, as JSON. */
    private String set(ValueSpec spec) {
        return switch (spec.role()) {
            case Limit -> Integer.toString(caps.results());
            case MaxTokens -> Integer.toString(maxTokens);
            case Usage -> "true";
            default -> throw new IllegalStateException("nothing sets a " + spec.role());
        };
    }

    /** A whole number, −1 for a negative one; anything else is refused. */
    private long number(int hit, ValueSpec spec) throws RefusedException {
        OptionalLong count = Count.at(draft, hit);
        if (count.isEmpty()) {
            refuse(RefusalReason.WrongType, spec.path());
        }
        return count.orElse(0);
    }

    private static byte[] digits(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
