package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.recognise.MarkForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The replacements of before in a text: {@code <ENTITY>} and {@code <ENTITY:…>} with a token or what was encrypted. Others may take them for names; replaced
 * once more, equal texts would not have equal tokens any longer.
 */
final class Marks {
    private final Plan plan;
    /** By where they begin: where they end. */
    private final TreeMap<Integer, Integer> ends = new TreeMap<>();

    Marks(byte[] text, Plan plan) {
        this.plan = plan;
        int at = 0;
        while (at < text.length) {
            int end = text[at] == '<' ? end(text, at) : -1;
            if (end > 0) {
                ends.put(at, end);
            }
            at = end > 0 ? end : at + 1;
        }
    }

    /** Where the mark ends that begins there; -1 where none does. */
    private int end(byte[] text, int start) {
        int at = start + 1;
        while (at < text.length && at - start <= MarkForm.LONGEST_NAME && MarkForm.isOfName(text[at])) {
            at++;
        }
        int name = at;
        if (at < text.length && text[at] == ':') {
            at++;
            while (at < text.length && MarkForm.isOfToken(text[at])) {
                at++;
            }
            if (at - name - 1 < MarkForm.SHORTEST_TOKEN) {
                return -1;
            }
        }
        boolean closed = at < text.length && text[at] == '>' && name > start + 1;
        return closed && isEntity(new String(text, start + 1, name - start - 1, StandardCharsets.US_ASCII))
                ? at + 1
                : -1;
    }

    private boolean isEntity(String name) {
        return Entity.builtIn().containsKey(name) || plan.acts(name);
    }

    /** The parts of a span outside of marks, without the spaces at their ends. */
    List<Span> outside(byte[] text, Span span) {
        List<Span> parts = new ArrayList<>();
        int at = span.start();
        Map.Entry<Integer, Integer> before = ends.floorEntry(at);
        if (before != null) {
            at = Math.max(at, before.getValue());
        }
        while (at < span.end()) {
            Map.Entry<Integer, Integer> next = ends.ceilingEntry(at);
            boolean cut = next != null && next.getKey() < span.end();
            add(parts, text, span, at, cut ? next.getKey() : span.end());
            at = cut ? next.getValue() : span.end();
        }
        return parts;
    }

    private static void add(List<Span> parts, byte[] text, Span span, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(text[start])) {
            start++;
        }
        while (end > start && isSpace(text[end - 1])) {
            end--;
        }
        if (start < end) {
            parts.add(new Span(span.entity(), start, end, span.score()));
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
