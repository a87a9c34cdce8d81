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
    private final boolean confined;
    private final Tally tally = new Tally();

    /**
     * @param mostPairs the most pairs of lines that are taken
     * @param confined whether lines are kept to the records of the client's tenant
     */
    LineEditing(byte[] body, LineReading lines, MessageContext context, int mostPairs, boolean confined) {
        this.body = body;
        this.lines = lines;
        this.context = context;
        this.mostPairs = mostPairs;
        this.confined = confined;
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
            byte[] edited = confined ? own(editor.edit()) : editor.edit();
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

    private byte[] own(byte[] line) throws RefusedException {
        PairPlan pair = lines.pair();
        if (pair.tenant() == null) {
            throw new RefusedException(new Refusal(RefusalReason.OtherTenant, "head of a line"));
        }
        if (!lines.isHead()) {
            return new TenantEditor(line, pair.tenant(), context.tenant()).edit();
        }
        return pair.confined() == null ? line : renamed(line, pair.confined());
    }

    /** A head whose only member has another name. */
    private static byte[] renamed(byte[] head, byte[] name) {
        int open = 0;
        while (head[open] != '"') {
            open++;
        }
        int close = open + 1;
        while (head[close] != '"') {
            close += head[close] == '\\' ? 2 : 1;
        }
        Splice splice = new Splice(head);
        splice.replace(open, close + 1, name);
        return splice.finish();
    }

    Tally tally() {
        return tally;
    }
}
