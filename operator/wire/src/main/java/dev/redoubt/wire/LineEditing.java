package dev.redoubt.wire;

import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.ndjson.Lines;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.text.Splice;

/**
 * Edits a body of lines, each of which is a message of its own in one report. Line feeds, blank lines and a last line
 * without a line feed stay as they are.
 */
final class LineEditing {
    private final byte[] body;
    private final MessagePlan plan;
    private final Tally tally = new Tally();

    LineEditing(byte[] body, MessagePlan plan) {
        this.body = body;
        this.plan = plan;
    }

    /** Makes the editor of one line. */
    interface Editors {
        MessageEditor of(Draft line, Tally tally);
    }

    /**
     * The edited body.
     *
     * @throws MessageFault where a line is not one JSON value
     */
    byte[] edit(Editors editors) throws RefusedException, MessageFault {
        Splice splice = new Splice(body);
        Lines lines = new Lines(body);
        Hits hits = new Hits();
        while (lines.next()) {
            byte[] line = lines.line();
            byte[] edited = editors.of(plan.read(line, hits), tally).edit();
            if (edited != line) {
                splice.replace(lines.start(), lines.end(), edited);
            }
        }
        return splice.finish();
    }

    Tally tally() {
        return tally;
    }
}
