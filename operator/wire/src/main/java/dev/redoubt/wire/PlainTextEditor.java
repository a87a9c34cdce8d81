package dev.redoubt.wire;

import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.path.Hits;

/** Edits an answer that is one text, in which there are no values to find. */
final class PlainTextEditor extends MessageEditor {
    PlainTextEditor(byte[] body, MessagePlan plan, Tools tools, MessageContext context, Tally tally) {
        super(body, new Hits(), plan, tools, context, tally);
    }

    @Override
    byte[] edit() throws RefusedException {
        byte[] redacted = redact(body, 0, body.length);
        return redacted == null ? body : redacted;
    }

    @Override
    void value(int hit, ValueSpec spec) {
        throw none();
    }

    @Override
    void text(int hit) {
        throw none();
    }

    @Override
    void name(int hit) {
        throw none();
    }

    private static IllegalStateException none() {
        return new IllegalStateException("a plain text has no values");
    }
}
