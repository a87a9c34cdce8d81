package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.PathPattern.Step;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.path.Walk;
import java.util.Arrays;
import java.util.List;

/** Whose a JSON document is: what its member of the tenant's field says. */
final class DocumentTenant {
    private final Walk.Plan walk;

    /** @param field name of the member */
    DocumentTenant(String field, int depth) {
        Rule rule = new Rule(0, Reach.Framed, Naming.None, 0, FieldSet.NONE);
        PathPattern path = new PathPattern(List.of(new Step.Name(field)));
        PathNode root = PathNode.compile(List.of(new PathNode.Entry(path, rule)), List.of());
        this.walk = new Walk.Plan(root, Others.Pass, false, depth);
    }

    /** What a document says. */
    enum Whose {
        /** It does not say. */
        Nobodys,
        Own,
        Another
    }

    /**
     * Whose a document is.
     *
     * @param tenant UTF-8
     */
    Whose of(byte[] document, byte[] tenant) {
        Hits hits;
        try {
            hits = Walk.over(document, walk);
        } catch (JsonFault e) {
            return Whose.Another;
        }
        if (hits.size() == 0) {
            return Whose.Nobodys;
        }
        boolean own = hits.kind(0).isString()
                && Arrays.equals(JsonText.decode(document, hits.start(0) + 1, hits.end(0) - 1), tenant);
        return own ? Whose.Own : Whose.Another;
    }
}
