package dev.redoubt.wire;

import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.Restorer;
import dev.redoubt.redact.StreamRestorer;
import dev.redoubt.wire.frame.Frame;
import dev.redoubt.wire.text.Judgements;
import dev.redoubt.wire.text.StreamedText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The texts that the events of one answer continue, each redacted as one text however it is cut. */
final class TextStreams {
    /** More texts than any answer has at once; each may keep an event. */
    private static final int MOST = 64;

    private final Redactor redactor;
    private final Restorer restorer;
    private final Stage stage;
    private final Judgements judgements;
    private final Map<Key, Text> open = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();

    /** @param restorer puts originals back; {@code null} where nobody may see them */
    TextStreams(Redactor redactor, Restorer restorer, Stage stage, Judgements judgements) {
        this.redactor = redactor;
        this.restorer = restorer;
        this.stage = stage;
        this.judgements = judgements;
    }

    /**
     * Which text a value continues.
     *
     * @param path of the value, positions in arrays left out, or its name
     * @param scope the items it stands in, as {@link EventScopes} tells them
     */
    record Key(long path, String scope) {}

    /**
     * The rest of a text that has ended.
     *
     * @param key which
     * @param text what was held back, redacted
     * @param event one that told some of the text, as the target sent it: the rest can be sent in its like
     */
    record Rest(Key key, byte[] text, Frame event) {}

    /** A text that is not complete. */
    private static final class Text {
        private final StreamedText redacted;
        private final StreamRestorer restored;
        private Frame event;

        private Text(StreamedText redacted, StreamRestorer restored) {
            this.redacted = redacted;
            this.restored = restored;
        }

        private byte[] append(byte[] more) {
            byte[] released = redacted.append(more);
            return restored == null ? released : restored.append(released);
        }

        private byte[] finish() {
            byte[] rest = redacted.finish();
            if (restored == null) {
                return rest;
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(restored.append(rest));
            all.writeBytes(restored.finish());
            return all.toByteArray();
        }

        private int held() {
            return redacted.held() + (restored == null ? 0 : restored.held());
        }
    }

    /**
     * Continues a text.
     *
     * @param role what the text is
     * @param event the event that does
     * @return what may go on now
     * @throws RefusedException where the text has ended before, is blocked, or there are too many
     */
    byte[] append(Key key, Role role, byte[] more, Frame event) throws RefusedException {
        if (more.length > 0 && ended.stream().anyMatch(key.scope()::startsWith)) {
            throw refused(RefusalReason.MalformedResponse, "text after its end");
        }
        if (open.size() == MOST && !open.containsKey(key)) {
            throw refused(RefusalReason.MalformedResponse, "too many texts");
        }
        Text text = open.computeIfAbsent(key, any -> text(role));
        byte[] released = text.append(more);
        requireNotBlocked(text);
        text.event = text.held() > 0 ? event : null;
        return released;
    }

    /** Ends one text that an event has just continued. Returns what was held back. */
    byte[] end(Key key, Tally tally) throws RefusedException {
        Text text = open.remove(key);
        byte[] rest = text.finish();
        tally.found(stage, text.redacted.findings());
        requireNotBlocked(text);
        return rest;
    }

    /** Ends all texts of a scope but some. Returns what was held back of each that had something held back. */
    List<Rest> end(String scope, Set<Key> but, Tally tally) throws RefusedException {
        List<Rest> rests = new ArrayList<>();
        for (Key key : List.copyOf(open.keySet())) {
            if (key.scope().startsWith(scope) && !but.contains(key)) {
                Frame event = open.get(key).event;
                byte[] rest = end(key, tally);
                if (rest.length > 0) {
                    rests.add(new Rest(key, rest, event));
                }
            }
        }
        return rests;
    }

    /** Notes that no text of a scope may be continued any more. */
    void close(String scope) throws RefusedException {
        // those within it are told by it
        ended.removeIf(within -> within.startsWith(scope));
        if (ended.size() == MOST && !ended.contains(scope)) {
            throw refused(RefusalReason.MalformedResponse, "too many texts");
        }
        ended.add(scope);
    }

    /** Bytes that are held back now. */
    int held() {
        return open.values().stream().mapToInt(Text::held).sum();
    }

    private Text text(Role role) {
        boolean json = role == Role.JsonText;
        return new Text(
                json ? StreamedText.json(redactor, stage, judgements) : StreamedText.plain(redactor, stage, judgements),
                restorer == null ? null : restorer.stream(json));
    }

    private static void requireNotBlocked(Text text) throws RefusedException {
        Optional<Entity> blocking = text.redacted.blocking();
        if (blocking.isPresent()) {
            throw refused(RefusalReason.EntityBlocked, blocking.get().name());
        }
    }

    private static RefusedException refused(RefusalReason reason, String rule) {
        return new RefusedException(new Refusal(reason, rule));
    }
}
