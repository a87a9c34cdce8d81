package dev.redoubt.wire;

import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.path.Walk;
import dev.redoubt.wire.text.Splice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Edits members of objects of a document and adds some, in one pass. */
abstract class MemberEditor {
    final byte[] body;
    final Hits hits;
    final Splice splice;
    private final MemberPlan plan;
    private final Deque<Container> open = new ArrayDeque<>();
    /** What is put behind containers that are open, by the places behind them. */
    private final Map<Integer, byte[]> behind = new HashMap<>();
    /** The place behind what was replaced last: nothing in it is looked at. */
    private int replaced;

    /** @param body one that was read before */
    MemberEditor(byte[] body, MemberPlan plan) {
        this.body = body;
        this.plan = plan;
        this.splice = new Splice(body);
        try {
            this.hits = Walk.over(body, plan.walk());
        } catch (JsonFault e) {
            throw new IllegalStateException("a body was read before and cannot be now", e);
        }
    }

    /** An object or array that is open. */
    static final class Container {
        final String path;
        final Kind kind;
        private final int start;
        private final int end;
        private int members;
        private final Map<String, Integer> given = new HashMap<>();
        private final Set<String> nulls = new HashSet<>();

        private Container(String path, Kind kind, int start, int end, int members) {
            this.path = path;
            this.kind = kind;
            this.start = start;
            this.end = end;
            this.members = members;
        }

        /** The hit of a member of it, by the member's whole path; {@code null} where it is absent or null. */
        Integer given(String member) {
            return given.get(member);
        }

        /** Whether a member is there, be it null. */
        boolean has(String member) {
            return given.containsKey(member) || nulls.contains(member);
        }
    }

    /** The edited document. */
    final byte[] edit() throws RefusedException {
        if (!hits.rootIsObject()) {
            return body;
        }
        open.push(new Container(MemberPlan.ROOT, Kind.Object, 0, hits.rootClose() + 1, hits.rootMembers()));
        for (int i = 0; i < hits.size(); i++) {
            close(hits.start(i));
            if (hits.start(i) < replaced) {
                continue;
            }
            String path = plan.paths().get(hits.rule(i).index());
            Container in = open.peek();
            if (hits.kind(i) == Kind.Null) {
                in.nulls.add(path);
            } else {
                in.given.put(path, i);
            }
            value(in, path, i);
            boolean stays = hits.start(i) >= replaced;
            if (stays && (hits.kind(i) == Kind.Object || hits.kind(i) == Kind.Array)) {
                open.push(new Container(path, hits.kind(i), hits.start(i), hits.end(i), hits.count(i)));
            }
        }
        close(Integer.MAX_VALUE);
        return splice.finish();
    }

    private void close(int before) throws RefusedException {
        while (!open.isEmpty() && open.peek().end <= before) {
            Container container = open.pop();
            end(container);
            byte[] by = behind.remove(container.end);
            if (by != null) {
                splice.replace(container.end, container.end, by);
            }
        }
    }

    /** A member of an object, or an item of an array. */
    abstract void value(Container in, String path, int hit) throws RefusedException;

    /** A container ends. */
    abstract void end(Container container) throws RefusedException;

    /** How many items an array has that is a member of an object, be it still to come; 0 where there is none. */
    final int count(Container object, String member) {
        for (int i = 0; i < hits.size(); i++) {
            if (hits.start(i) >= object.start
                    && hits.end(i) <= object.end
                    && hits.kind(i) == Kind.Array
                    && plan.paths().get(hits.rule(i).index()).equals(member)) {
                return hits.count(i);
            }
        }
        return 0;
    }

    final void replace(int hit, byte[] by) {
        replace(hits.start(hit), hits.end(hit), by);
    }

    /** Replaces a part that a hit stands in. */
    final void replace(int start, int end, byte[] by) {
        splice.replace(start, end, by);
        replaced = end;
    }

    /** Puts something before an object or array and behind it. */
    final void wrap(int hit, byte[] before, byte[] after) {
        splice.replace(hits.start(hit), hits.start(hit), before);
        behind.put(hits.end(hit), after);
    }

    /** The name of the only member of an object; empty where it has none or several. */
    final Optional<String> only(int hit) {
        if (hits.kind(hit) != Kind.Object || hits.count(hit) != 1) {
            return Optional.empty();
        }
        int open = hits.start(hit);
        while (body[open] != '"') {
            open++;
        }
        int close = open + 1;
        while (body[close] != '"') {
            close += body[close] == '\\' ? 2 : 1;
        }
        return Optional.of(new String(JsonText.decode(body, open + 1, close), StandardCharsets.UTF_8));
    }

    /** Adds a member to an object that ends. */
    final void add(Container object, String name, byte[] value) {
        byte[] key = JsonText.encode(name.getBytes(StandardCharsets.UTF_8));
        append(object, concat(concat(key, new byte[] {':'}), value));
    }

    /** Adds an item to an array that ends, or a member to an object. */
    final void append(Container container, byte[] text) {
        byte[] comma = container.members++ == 0 ? new byte[0] : new byte[] {','};
        splice.replace(container.end - 1, container.end - 1, concat(comma, text));
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
