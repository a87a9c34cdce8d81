package dev.redoubt.wire;

import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.text.Splice;

/**
 * Edits a body of lines, each of which is a message of its own in one report. Line feeds, blank lines and a last line
 * without a line feed stay as they are. What a head says of its record holds for the line after it.
 */
final class LineEditing {
    private final byte[] body;
    private final LineReading lines;
    private final MessageContext context;
    private final int mostPairs;
    private final Tally tally = new Tally();

    /** @param mostPairs the most pairs of lines that are taken */
    LineEditing(byte[] body, LineReading lines, MessageContext context, int mostPairs) {
        this.body = body;
        this.lines = lines;
        this.context = context;
        this.mostPairs = mostPairs;
    }

    /** Makes the editor of one line. */
    interface Editors {
        MessageEditor of(Draft line, MessagePlan plan, MessageContext context, Tally tally);
    }

    /**
     * The edited body.
     *
     * @throws MessageFault where a line is not one JSON value
     */
    byte[] edit(Editors editors) throws RefusedException, MessageFault {
        Splice splice = new Splice(body);
        MessageContext own = context;
        int pairs = 0;
        while (lines.next()) {
            byte[] line = lines.line();
            MessageEditor editor = editors.of(lines.draft(), lines.plan(), own, tally);
            byte[] edited = editor.edit();
            if (edited != line) {
                splice.replace(lines.start(), lines.end(), edited);
            }
            own = context;
            if (lines.isHead()) {
                own = context.at(editor.told());
                if (++pairs > mostPairs) {
                    editor.refuse(RefusalReason.TooMany, "lines");
                }
                if (own.place().collection().isEmpty()) {
                    editor.refuse(RefusalReason.MissingCollection, "head of a line");
                }
            }
        }
        return splice.finish();
    }

    Tally tally() {
        return tally;
    }
}
