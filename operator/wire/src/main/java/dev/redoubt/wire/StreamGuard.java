package dev.redoubt.wire;

import dev.redoubt.profiles.Role;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.wire.TextStreams.Key;
import dev.redoubt.wire.TextStreams.Rest;
import dev.redoubt.wire.frame.Frame;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.frame.FrameParser;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks and edits one answer that is a stream of server-sent events or of lines of JSON, cut anywhere. A byte that may begin a match is
 * held back and comes out in a later event, in one of its own where no other comes.
 */
public final class StreamGuard implements AnswerStream {
    private static final byte[] NOTHING = {};

    private final FrameParser parser;
    private final MessagePlan plan;
    private final MessageEditor.Tools tools;
    private final MessageContext context;
    private final ScoreStep step;
    private final TextStreams streams;
    private Tally tally = new Tally();
    private int restored;
    private boolean done;
    private Refusal refusal;

    StreamGuard(
            FrameParser parser, MessagePlan plan, MessageEditor.Tools tools, MessageContext context, ScoreStep step) {
        this.parser = parser;
        this.plan = plan;
        this.tools = tools;
        this.context = context;
        this.step = step;
        this.streams = new TextStreams(
                tools.redactor(), tools.restorer(), plan.stage(), MessageEditor.judgements(plan, tools, context));
    }

    @Override
    public Outcome append(byte[] piece) {
        return step(piece, () -> parser.append(piece), false);
    }

    /** Takes all of a stream at once, from its beginning to its end. */
    public Outcome whole(byte[] events) {
        return step(
                events,
                () -> {
                    List<Frame> all = new ArrayList<>(parser.append(events));
                    all.addAll(parser.finish());
                    return all;
                },
                true);
    }

    @Override
    public Outcome finish() {
        return step(NOTHING, parser::finish, true);
    }

    @Override
    public int held() {
        return streams.held();
    }

    @Override
    public void close() {}

    /** A piece is read, or the end of the stream. */
    private interface Reading {
        List<? extends Frame> events() throws FrameFault;
    }

    private Outcome step(byte[] piece, Reading reading, boolean last) {
        if (refusal == null) {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream(piece.length + 256);
                for (Frame event : reading.events()) {
                    event(event, out);
                }
                if (last) {
                    flush("", Set.of(), out);
                }
                return new Outcome.Forward(tools.observes() ? piece : out.toByteArray(), report());
            } catch (RefusedException e) {
                refusal = e.refusal();
            } catch (FrameFault e) {
                refusal = new Refusal(RefusalReason.MalformedResponse, e.getMessage());
            } catch (MessageFault e) {
                refusal = new Refusal(RefusalReason.MalformedResponse, e.rule());
            }
        }
        if (tools.observes()) {
            tally.observe(refusal);
            return new Outcome.Forward(piece, report());
        }
        return new Outcome.Refused(refusal, report());
    }

    private Report report() {
        if (tools.restorer() != null) {
            tally.restored = tools.restorer().restored() - restored;
            restored = tools.restorer().restored();
        }
        Report report = tally.report();
        tally = new Tally();
        return report;
    }

    private void event(Frame event, ByteArrayOutputStream out) throws RefusedException, MessageFault {
        if (event.data() == null) {
            event.write(out);
        } else if (event.closes()) {
            flush("", Set.of(), out);
            done = true;
            event.write(out);
        } else if (done) {
            throw new RefusedException(new Refusal(RefusalReason.MalformedResponse, "event after the last"));
        } else {
            json(event, out);
        }
    }

    private void json(Frame event, ByteArrayOutputStream out) throws RefusedException, MessageFault {
        Draft draft = plan.read(event.data());
        Hits hits = draft.hits();
        Map<Key, Integer> parts = new HashMap<>();
        Set<String> ends = new HashSet<>();
        EventEditor editor = editor(draft, tally, new EventEditor.Texts() {
            @Override
            public byte[] part(Key key, Role role, byte[] text) throws RefusedException {
                byte[] released = streams.append(key, role, text, event);
                int left = parts.merge(key, -1, Integer::sum);
                return left > 0 || ends.stream().noneMatch(key.scope()::startsWith)
                        ? released
                        : concat(released, streams.end(key, tally));
            }

            @Override
            public boolean passesEnd() {
                return true;
            }
        });
        for (int i = 0; i < hits.size(); i++) {
            if (editor.isPart(i)) {
                parts.merge(editor.key(i), 1, Integer::sum);
            } else if (editor.isEnd(i)) {
                ends.add(editor.scope(i));
            }
        }
        // the rest of a text that this event ends without telling more of it goes before it
        for (String scope : ends) {
            flush(scope, parts.keySet(), out);
        }
        byte[] edited = editor.edit();
        for (String scope : ends) {
            streams.close(scope);
        }
        event.with(edited).write(out);
    }

    /** Ends the texts of a scope but some and sends what was held back of them in events of their own. */
    private void flush(String scope, Set<Key> but, ByteArrayOutputStream out) throws RefusedException {
        for (Rest rest : streams.end(scope, but, tally)) {
            try {
                EventEditor editor = editor(plan.read(rest.event().data()), new Tally(), new EventEditor.Texts() {
                    private boolean told;

                    @Override
                    public byte[] part(Key key, Role role, byte[] text) {
                        boolean tells = !told && key.equals(rest.key());
                        told |= tells;
                        return tells ? rest.text() : NOTHING;
                    }

                    @Override
                    public boolean passesEnd() {
                        return false;
                    }
                });
                rest.event().with(editor.edit()).write(out);
            } catch (MessageFault e) {
                throw new IllegalStateException("an event was read before and cannot be now", e);
            }
        }
    }

    private EventEditor editor(Draft draft, Tally counts, EventEditor.Texts texts) {
        return new EventEditor(draft, plan, tools, context, step, counts, texts);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
