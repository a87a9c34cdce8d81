package dev.redoubt.wire;

import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.ndjson.Lines;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import java.util.List;

/** Goes through a body of lines and finds in each what its plan looks for. */
final class LineReading {
    private final Lines lines;
    private final MessagePlan every;
    private final List<PairPlan> pairs;
    private final Hits hits = new Hits();
    private byte[] line;
    private MessagePlan plan;
    private Draft draft;
    private boolean head;
    private MessagePlan awaited;
    private PairPlan pair;

    /**
     * @param every what each line is; unused where they come in pairs
     * @param pairs the kinds of pairs they come in; empty for none
     */
    LineReading(byte[] body, MessagePlan every, List<PairPlan> pairs) {
        this.lines = new Lines(body);
        this.every = every;
        this.pairs = pairs;
    }

    /**
     * Goes on to the next line that is not blank; false where there is none.
     *
     * @throws MessageFault where it is not one JSON value
     * @throws RefusedException where it is none that may stand there
     */
    boolean next() throws MessageFault, RefusedException {
        int blanks = lines.blanks();
        boolean more = lines.next();
        if (!pairs.isEmpty() && more && lines.blanks() > blanks) {
            // the target would take the blank line for one of a pair, and every line after it for the other one
            throw malformed("blank line");
        }
        if (!more) {
            if (awaited != null) {
                throw malformed("head without its line");
            }
            return false;
        }
        line = lines.line();
        if (pairs.isEmpty()) {
            plan = every;
            draft = plan.read(line, hits);
            return true;
        }
        head = awaited == null;
        if (head) {
            pair = kind();
            awaited = pair.body();
        } else {
            plan = awaited;
            awaited = null;
            draft = plan.read(line, hits);
        }
        return true;
    }

    private PairPlan kind() throws MessageFault, RefusedException {
        for (PairPlan each : pairs) {
            plan = each.head();
            draft = plan.read(line, hits);
            if (each.isOf(draft.hits())) {
                return each;
            }
        }
        throw new RefusedException(new Refusal(RefusalReason.UnknownField, "head of a line"));
    }

    private static RefusedException malformed(String rule) {
        return new RefusedException(new Refusal(RefusalReason.MalformedBody, rule));
    }

    /** The line without its line feed. */
    byte[] line() {
        return line;
    }

    /** The place of the line's first byte. */
    int start() {
        return lines.start();
    }

    /** The place behind its last byte. */
    int end() {
        return lines.end();
    }

    MessagePlan plan() {
        return plan;
    }

    /** What was found in it, until the next is read. */
    Draft draft() {
        return draft;
    }

    /** The kind of pair that it belongs to; {@code null} where lines come in none. */
    PairPlan pair() {
        return pair;
    }

    /** Whether it is the head of a pair. */
    boolean isHead() {
        return head;
    }
}
