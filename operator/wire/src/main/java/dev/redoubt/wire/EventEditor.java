package dev.redoubt.wire;

import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.wire.TextStreams.Key;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Edits one event of a stream; its texts are parts of longer ones. */
final class EventEditor extends ResponseEditor {
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final EventScopes scopes;
    private final Texts texts;

    EventEditor(
            Draft draft,
            MessagePlan plan,
            Tools tools,
            MessageContext context,
            ScoreStep step,
            Tally tally,
            Texts texts) {
        super(draft, plan, tools, context, step, tally);
        this.scopes = new EventScopes(plan, hits, draft.body());
        this.texts = texts;
    }

    /** What is sent of the parts of texts that an event has. */
    interface Texts {
        /** What stands in place of a part. */
        byte[] part(Key key, Role role, byte[] text) throws RefusedException;

        /** Whether the event's word that a text has ended is passed on. */
        boolean passesEnd();
    }

    @Override
    void value(int hit, ValueSpec spec) throws RefusedException {
        if (isPart(hit)) {
            byte[] text = draft.text(hit);
            byte[] part = texts.part(key(hit), spec.role(), text);
            if (!Arrays.equals(part, text)) {
                draft.putText(hit, part);
            }
        } else if (spec.role() == Role.StreamEnd) {
            if (isEnd(hit) && !texts.passesEnd()) {
                if (hits.kind(hit) == Kind.True) {
                    draft.putScalar(hit, FALSE);
                } else {
                    draft.clear(hit);
                }
            } else if (hits.kind(hit).isString()) {
                text(hit);
            }
        } else if (spec.role() != Role.StreamKey) {
            super.value(hit, spec);
        }
    }

    Key key(int hit) {
        String name = plan.spec(hits.rule(hit)).name();
        return new Key(name == null ? hits.path(hit) : NameHash.of(name), scopes.of(hit));
    }

    /** Whether the hit says that the texts around it have ended. */
    boolean isEnd(int hit) {
        if (hits.rule(hit) == null) {
            return false;
        }
        ValueSpec spec = plan.spec(hits.rule(hit));
        return spec.role() == Role.StreamEnd
                && hits.kind(hit) != Kind.Null
                && hits.kind(hit) != Kind.False
                && (spec.ends().isEmpty() || spec.ends().contains(new String(draft.text(hit), StandardCharsets.UTF_8)));
    }

    /** Whether the hit is a part of a text. */
    boolean isPart(int hit) {
        if (hits.rule(hit) == null || !hits.kind(hit).isString()) {
            return false;
        }
        ValueSpec spec = plan.spec(hits.rule(hit));
        Role role = spec.role();
        return !spec.whole() && (role == Role.Text || role == Role.StringText || role == Role.JsonText);
    }

    String scope(int hit) {
        return scopes.of(hit);
    }
}
