package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.TenantRule.Columns;
import dev.redoubt.wire.DocumentTenant.Whose;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.protobuf.FieldNaming;
import dev.redoubt.wire.protobuf.MessageShape;
import dev.redoubt.wire.protobuf.MessageTemplate;
import dev.redoubt.wire.protobuf.ProtobufDraft;
import dev.redoubt.wire.protobuf.ProtobufWalk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Marks records that are written as columns: one column more, unless the client wrote that column, or wrote the field in the
 * documents of fields that are not declared.
 */
final class ColumnTenant {
    private static final int TEXTS = 0;
    private static final int DOCUMENTS = 1;
    private static final int PRESENCE = 2;
    private static final int NAME = 3;
    private static final int ROWS = 4;
    private static final byte[] ABSENT = {'0'};

    private final Columns columns;
    private final byte[] field;
    private final long hash;
    private final ProtobufWalk.Plan walk;
    private final DocumentTenant documents;
    private final MessageTemplate column;
    private final int list;
    private final int texts;

    ColumnTenant(Columns columns, ProtobufWalk.Plan whole, String field) {
        this.columns = columns;
        this.field = field.getBytes(StandardCharsets.UTF_8);
        this.hash = NameHash.of(field);
        this.documents = new DocumentTenant(field, whole.maxDepth());
        String item = MemberPlan.item(columns.at());
        List<PathNode.Entry> entries = new ArrayList<>();
        for (String path : List.of(
                item + "." + MemberPlan.item(columns.texts()),
                item + "." + MemberPlan.item(columns.documents()),
                item + "." + MemberPlan.item(columns.presence()),
                item + "." + columns.name(),
                columns.rows())) {
            Rule rule = new Rule(entries.size(), Reach.Scalar, Naming.Sibling, 0, FieldSet.NONE);
            entries.add(new PathNode.Entry(PathPattern.parse(path), rule));
        }
        this.walk = new ProtobufWalk.Plan(
                PathNode.compile(entries, List.of()),
                whole.shape(),
                Others.Pass,
                false,
                false,
                FieldNaming.of(columns.name(), null),
                0,
                List.of(),
                whole.maxDepth());
        MessageShape shape = whole.shape().at(columns.at());
        int dot = columns.texts().lastIndexOf('.');
        this.column = MessageTemplate.compile(columns.column(), shape);
        this.list = whole.shape().number(columns.at());
        this.texts = shape.at(columns.texts().substring(0, dot))
                .number(columns.texts().substring(dot + 1));
    }

    /**
     * The message with the tenant's mark on every record.
     *
     * @param message one that was read before
     * @param tenant UTF-8
     */
    byte[] apply(byte[] message, byte[] tenant) throws RefusedException {
        ProtobufDraft draft;
        try {
            draft = walk.read(message, new Hits());
        } catch (MessageFault e) {
            throw new IllegalStateException("a message was read before and cannot be now", e);
        }
        Hits hits = draft.hits();
        long rows = 0;
        int named = 0;
        int declared = 0;
        int documented = 0;
        for (int i = 0; i < hits.size(); i++) {
            boolean ours = hits.field(i) == hash;
            switch (hits.rule(i).index()) {
                case ROWS -> rows = Count.at(draft, i).orElse(0);
                case NAME -> named += Arrays.equals(draft.text(i), field) ? 1 : 0;
                case TEXTS -> {
                    require(!ours || Arrays.equals(draft.text(i), tenant));
                    declared += ours ? 1 : 0;
                }
                case PRESENCE -> require(!ours || !Arrays.equals(draft.text(i), ABSENT));
                default -> {
                    Whose whose = documents.of(draft.text(i), tenant);
                    require(whose != Whose.Another);
                    documented += whose == Whose.Own && hits.field(i) == 0 ? 1 : 0;
                }
            }
        }
        if (named > 0) {
            require(named == 1 && declared == rows);
        } else if (documented > 0) {
            require(documented == rows);
        } else {
            // every record takes a byte at least
            require(rows > 0 && rows <= message.length);
            draft.append(null, MessageTemplate.field(list, column((int) rows, tenant)));
        }
        return draft.finish();
    }

    private byte[] column(int rows, byte[] tenant) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] one = MessageTemplate.field(texts, tenant);
        for (int i = 0; i < rows; i++) {
            all.writeBytes(one);
        }
        return column.fill(Map.of("field", field, "tenants", all.toByteArray()));
    }

    private void require(boolean own) throws RefusedException {
        if (!own) {
            throw new RefusedException(new Refusal(RefusalReason.OtherTenant, columns.at()));
        }
    }
}
