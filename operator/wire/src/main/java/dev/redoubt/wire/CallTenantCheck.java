package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.TenantRule.Check;
import dev.redoubt.wire.DocumentTenant.Whose;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.protobuf.FieldNaming;
import dev.redoubt.wire.protobuf.MessageShape;
import dev.redoubt.wire.protobuf.ProtobufWalk;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes hits out of an answer of gRPC that are not of a tenant, as {@link TenantCheck} does in JSON. */
final class CallTenantCheck {
    private static final int TENANT = 0;

    private final RecordPlan records;
    private final ProtobufWalk.Plan walk;
    private final boolean required;
    /** The shape of the values of fields; {@code null} where records are columns. */
    private final MessageShape values;

    private final DocumentTenant documents;
    private final long hash;

    private CallTenantCheck(
            RecordPlan records, ProtobufWalk.Plan walk, boolean required, MessageShape values, String field) {
        this.records = records;
        this.walk = walk;
        this.required = required;
        this.values = values;
        this.documents = new DocumentTenant(field, walk.maxDepth());
        this.hash = NameHash.of(field);
    }

    static CallTenantCheck compile(Check check, MessagePlan answer, String field) {
        if (answer.records() == null) {
            throw new IllegalArgumentException("an answer is checked that has no record");
        }
        ProtobufWalk.Plan whole = (ProtobufWalk.Plan) answer.form();
        boolean columnar = answer.records().columnar();
        List<PathNode.Entry> entries = columnar
                ? List.of(entry(TENANT, check.path(), Reach.Scalar, Naming.Sibling))
                : List.of(
                        entry(TENANT, MemberPlan.member(check.path(), field), Reach.Framed, Naming.None),
                        entry(TENANT + 1, MemberPlan.member(check.path(), "*"), Reach.Framed, Naming.None));
        return new CallTenantCheck(
                answer.records(),
                new ProtobufWalk.Plan(
                        PathNode.compile(entries, List.of()),
                        whole.shape(),
                        Others.Pass,
                        true,
                        false,
                        columnar ? whole.naming() : FieldNaming.NONE,
                        0,
                        List.of(),
                        whole.maxDepth()),
                check.required(),
                columnar ? null : whole.shape().at(check.path()).values(),
                field);
    }

    private static PathNode.Entry entry(int index, String path, Reach reach, Naming naming) {
        return new PathNode.Entry(PathPattern.parse(path), new Rule(index, reach, naming, 0, FieldSet.NONE));
    }

    /**
     * The answer with the tenant's hits alone.
     *
     * @param tenant UTF-8 of the value that the field must have
     * @throws MessageFault where the bytes are no message
     */
    byte[] apply(byte[] message, byte[] tenant, Tally tally) throws MessageFault, RefusedException {
        Draft draft = walk.read(message, new Hits());
        Hits hits = draft.hits();
        Records all = records.of(message);
        Set<Records.Id> foreign = new HashSet<>();
        Set<Records.Id> own = new HashSet<>();
        for (int i = 0; i < hits.size(); i++) {
            Records.Id record = all.at(hits.start(i)).orElse(null);
            if (record != null) {
                switch (values == null ? column(draft, i, tenant) : field(draft, i, tenant)) {
                    case Own -> own.add(record);
                    case Another -> foreign.add(record);
                    case Nobodys -> {}
                }
            }
        }
        if (values == null) {
            own.removeAll(foreign);
        }
        if (required) {
            foreign.addAll(all.innermost());
        }
        foreign.removeAll(own);
        tally.withheld += foreign.size();
        return foreign.isEmpty() ? message : all.without(foreign);
    }

    /** What a field of a record says: one that shows its fields shows the tenant's among them. */
    private Whose field(Draft draft, int hit, byte[] tenant) {
        byte[] value = Arrays.copyOfRange(
                draft.body(), draft.hits().start(hit), draft.hits().end(hit));
        boolean own = draft.hits().rule(hit).index() == TENANT && Arrays.equals(value, values.value(tenant));
        return own ? Whose.Own : Whose.Another;
    }

    /** What a value of a column says: one of the tenant's, or a document of fields that are not declared. */
    private Whose column(Draft draft, int hit, byte[] tenant) {
        if (draft.hits().field(hit) == hash) {
            return Arrays.equals(draft.text(hit), tenant) ? Whose.Own : Whose.Another;
        }
        byte[] text = draft.text(hit);
        boolean document = draft.hits().field(hit) == 0 && text.length > 0 && text[0] == '{';
        return document ? documents.of(text, tenant) : Whose.Nobodys;
    }
}
