package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.RedactedText;
import dev.redoubt.redact.Redactor;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.Walk;
import dev.redoubt.wire.text.Judgements;
import dev.redoubt.wire.text.Splice;
import dev.redoubt.wire.text.StreamedText;
import dev.redoubt.wire.text.WholeNumber;
import java.util.Arrays;
import java.util.List;

/**
 * Redacts whole texts. A text that is JSON itself, such as the arguments of a tool, is redacted string by string: an
 * escape in it hides nothing, and it stays JSON.
 */
final class TextScan {
    /** Texts within texts within texts: deeper ones are scanned as they stand. */
    private static final int DEEPEST = 4;

    private static final Walk.Plan STRINGS =
            new Walk.Plan(PathNode.compile(List.of(), List.of()), Others.Redact, true, 128);

    private final Redactor redactor;
    private final Stage stage;
    private final Judgements judgements;
    private final Sink sink;

    /** @param stage one at which the redactor acts */
    TextScan(Redactor redactor, Stage stage, Judgements judgements, Sink sink) {
        this.redactor = redactor;
        this.stage = stage;
        this.judgements = judgements;
        this.sink = sink;
    }

    /** Is told of everything that is found. */
    interface Sink {
        void found(RedactedText redacted) throws RefusedException;
    }

    /** The text that is to stand there, {@code null} where nothing was found. */
    byte[] text(byte[] text, int from, int to) throws RefusedException {
        return text(text, from, to, 0);
    }

    private byte[] text(byte[] text, int from, int to, int depth) throws RefusedException {
        byte[] inner =
                depth < DEEPEST && mayHide(text, from, to) ? json(Arrays.copyOfRange(text, from, to), depth) : null;
        if (inner == null) {
            return plain(text, from, to);
        }
        byte[] outer = plain(inner, 0, inner.length);
        return outer == null ? inner : outer;
    }

    private byte[] plain(byte[] text, int from, int to) throws RefusedException {
        RedactedText redacted = redactor.redact(stage, text, from, to, judgements.of(text, from, to));
        if (!redacted.changed()) {
            return null;
        }
        sink.found(redacted);
        return redacted.text();
    }

    /**
     * The text that is to stand in place of a JSON number, {@code null} where nothing was found. A whole number may be
     * written with a fraction or an exponent, and stores write it so.
     */
    byte[] number(byte[] text, int from, int to) throws RefusedException {
        byte[] redacted = plain(text, from, to);
        if (redacted != null) {
            return redacted;
        }
        byte[] whole = WholeNumber.of(text, from, to);
        return whole == null ? null : plain(whole, 0, whole.length);
    }

    /** The text that is to stand there where the profile says that it is JSON, {@code null} where nothing was found. */
    byte[] json(byte[] text) throws RefusedException {
        StreamedText streamed = StreamedText.json(redactor, stage, judgements);
        byte[] first = streamed.append(text);
        byte[] last = streamed.finish();
        byte[] whole = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, whole, first.length, last.length);
        boolean blocked = streamed.blocking().isPresent();
        if (streamed.isUnchanged() && !blocked) {
            return null;
        }
        sink.found(new RedactedText(whole, 0, whole.length, streamed.findings(), blocked));
        return whole;
    }

    /** Whether the text looks like an object or array with escapes in it. */
    private static boolean mayHide(byte[] text, int from, int to) {
        int first = from;
        while (first < to && text[first] <= ' ' && text[first] >= 0) {
            first++;
        }
        if (first == to || text[first] != '{' && text[first] != '[') {
            return false;
        }
        for (int i = first; i < to; i++) {
            if (text[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private byte[] json(byte[] document, int depth) throws RefusedException {
        Hits hits;
        try {
            hits = Walk.over(document, STRINGS);
        } catch (JsonFault e) {
            // it only looked like it
            return null;
        }
        Splice splice = new Splice(document);
        for (int i = 0; i < hits.size(); i++) {
            int from = hits.start(i) + 1;
            int to = hits.end(i) - 1;
            boolean escaped = hits.kind(i) == Kind.EscapedString || hits.kind(i) == Kind.EscapedName;
            byte[] decoded = escaped ? JsonText.decode(document, from, to) : document;
            byte[] redacted =
                    escaped ? text(decoded, 0, decoded.length, depth + 1) : text(document, from, to, depth + 1);
            if (redacted != null) {
                splice.replace(hits.start(i), hits.end(i), JsonText.encode(redacted));
            }
        }
        byte[] result = splice.finish();
        return result == document ? null : result;
    }
}
