package dev.redoubt.wire.protobuf;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.SchemaField.Label;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.json.NameSet;
import dev.redoubt.wire.path.Form;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.protobuf.MessageShape.Field;
import dev.redoubt.wire.protobuf.Nesting.Edit;
import dev.redoubt.wire.protobuf.ProtobufFault.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass over a message of Protocol Buffers, without a tree: checks how it is written and finds what the patterns look
 * for, as if it was JSON. A field that the shape does not know is never passed on, for it may be text. Groups, which no
 * schema of today has, are refused.
 *
 * <p>Source: Protocol Buffers documentation, Encoding.
 */
public final class ProtobufWalk extends ProtobufGrammar {
    /** Messages nest by recursion, so the bound has a bound. */
    private static final int DEEPEST = 128;

    static final int KEY = 1;
    static final int VALUE = 2;
    private static final byte[] NOTHING = {};

    private final Hits hits;
    private final Nesting nesting;
    private final List<Edit> unknown;
    private final List<Written> all;
    private final Plan plan;
    private final int maxDepth;
    private final NameSet once = new NameSet();

    private int arrays;
    private int outer;
    private int inner;
    private long member;
    private long operand;
    /** What names the fields of the innermost object with such a text. */
    private FieldNaming.Told named = FieldNaming.Told.NOTHING;

    /** How many numbers a vector has here, 0 where that is not told. */
    private int width;

    private ProtobufWalk(byte[] in, Plan plan, Hits hits, Nesting nesting, List<Edit> unknown, List<Written> all) {
        super(in);
        this.plan = plan;
        this.hits = hits;
        this.nesting = nesting;
        this.unknown = unknown;
        this.all = all;
        this.maxDepth = Math.min(plan.maxDepth(), DEEPEST);
    }

    /**
     * What a walk looks for.
     *
     * @param root the automaton of the patterns
     * @param shape of the message
     * @param others what happens to values that no pattern matches
     * @param dropsUnknown whether fields that are not known are taken out, as in answers, where a newer server may tell
     *     more; else they refuse the message, as in requests, whose meaning must not change
     * @param wantsNames whether keys of maps that no pattern gives are hits
     * @param naming what names the fields of an object
     * @param width hash of the name of the member that tells how many numbers a vector has; 0 for none
     * @param defaults members that servers have a default for: told as {@link Hits.Kind#Absent} in every message that may
     *     have one and does not
     * @param maxDepth the deepest nesting of messages; at most 128 is used
     */
    public record Plan(
            PathNode root,
            MessageShape shape,
            Others others,
            boolean dropsUnknown,
            boolean wantsNames,
            FieldNaming naming,
            long width,
            List<Default> defaults,
            int maxDepth)
            implements Form {
        @Override
        public ProtobufDraft read(byte[] message, Hits into) throws ProtobufFault {
            return over(message, this, into);
        }
    }

    /**
     * A member that servers have a default for.
     *
     * @param rule index of the rule that is about it
     * @param name hash of its name
     */
    public record Default(int rule, long name) {}

    /**
     * Walks a message.
     *
     * @param in the message and nothing else
     * @param into those of a message that is done with; they become those of this one
     * @throws ProtobufFault where the bytes are not one, or it has a field that must not be there
     */
    private static ProtobufDraft over(byte[] in, Plan plan, Hits into) throws ProtobufFault {
        into.clear();
        Nesting nesting = new Nesting();
        List<Edit> unknown = new ArrayList<>();
        List<Written> all = new ArrayList<>();
        ProtobufWalk walk = new ProtobufWalk(in, plan, into, nesting, unknown, all);
        walk.message(in.length, plan.shape(), new Place(plan.root(), null), 0, Nesting.ROOT);
        into.root(1, 0, in.length);
        return new ProtobufDraft(in, into, plan.shape(), all, nesting, unknown);
    }

    /**
     * A message that is being walked.
     *
     * @param end the place behind it
     * @param shape its fields
     * @param depth how many messages it stands in
     * @param number its number in the nesting
     * @param mark what was seen in it is behind this in {@link #once}
     */
    private record Message(int end, MessageShape shape, int depth, int number, int mark) {}

    /** Where a value stands in the patterns, and the rule of what it stands in. */
    private record Place(PathNode node, Rule inherited) {
        Rule rule() {
            return node.rule() == null ? inherited : node.rule();
        }

        Place to(PathNode below) {
            Rule rule = rule();
            boolean reachesDown = rule != null && (rule.reach() == Reach.Copied || rule.reach() == Reach.Scalars);
            return new Place(below, reachesDown ? rule : null);
        }

        Place item() {
            return to(node.item());
        }
    }

    private void message(int end, MessageShape shape, Place place, int depth, int number) throws ProtobufFault {
        if (depth >= maxDepth) {
            throw fault(Kind.Depth);
        }
        Message message = new Message(end, shape, depth, number, once.open());
        ItemCounts counts = new ItemCounts();
        while (at < end) {
            field(message, place, counts);
        }
        counts.report(hits);
        for (Default each : plan.defaults()) {
            absent(message, place, each);
        }
        once.close(message.mark());
    }

    /** Tells at the end of a message that it lacks a member that it may have. */
    private void absent(Message message, Place place, Default member) {
        PathNode node = place.node().member(member.name());
        boolean mayHaveIt = node != null && node.rule() != null && node.rule().index() == member.rule();
        int number = message.shape().number(member.name());
        if (mayHaveIt && number > 0 && once.add(message.mark(), number)) {
            Written added = new Written(FieldKind.Varint, false, false, new MessageShape.Alternatives(0, number, 0, 0));
            hits.count(hit(node.rule(), Hits.Kind.Absent, at, at, added), message.number());
        }
    }

    private void field(Message message, Place place, ItemCounts counts) throws ProtobufFault {
        int start = at;
        int tag = varint32(message.end());
        WireType type = WireType.of(tag & 7);
        int number = tag >>> 3;
        if (type == null || number == 0) {
            throw new ProtobufFault(Kind.Syntax, start);
        }
        Field field = message.shape().field(number);
        if (field == null) {
            skip(type, message.end());
            unknown(start);
            return;
        }
        boolean packed = field.label() == Label.Repeated && field.kind().isPackable() && type == WireType.Length;
        if (!packed && type != field.kind().type()) {
            throw new ProtobufFault(Kind.WrongType, start);
        }
        long outerMember = member;
        long outerOperand = operand;
        Place there = place;
        if (!field.seenThrough()) {
            member = field.name();
            operand = field.name();
            PathNode child = place.node().member(field.name());
            there = place.to(child == null ? place.node().otherMember() : child);
        }
        switch (field.label()) {
            case Singular -> {
                if (!once.add(message.mark(), number)) {
                    throw new ProtobufFault(Kind.Duplicate, start);
                }
                value(message, field, start, there);
            }
            case Repeated -> items(message, field, start, there, packed, counts);
            case Map -> entry(message, field, start, there);
        }
        member = outerMember;
        operand = outerOperand;
    }

    private void items(Message message, Field field, int start, Place array, boolean packed, ItemCounts counts)
            throws ProtobufFault {
        Rule rule = array.rule();
        if (isTaken(rule, array.node(), true)) {
            skip(packed ? WireType.Length : field.kind().type(), message.end());
            boolean floats = packed && field.kind() == FieldKind.Float;
            int hit = hit(rule, Hits.Kind.Array, start, at, floats ? Written.FLOATS : Written.WHOLE);
            hits.count(hit, floats ? width : 0);
            present(array.node());
            return;
        }
        int i = counts.of(field.number());
        if (rule != null && rule.reach() == Reach.Framed && !counts.isCounted(i)) {
            counts.count(i, hit(rule, Hits.Kind.Array, start, start, Written.WHOLE));
        }
        int savedOuter = outer;
        int savedInner = inner;
        arrays++;
        if (packed) {
            int lengthAt = at;
            int end = lengthEnd(message.end());
            // numbers have sizes too
            nesting.enter(lengthAt, at, end, message.number());
            Written written =
                    new Written(field.kind(), true, true, message.shape().alternatives());
            while (at < end) {
                position(counts.next(i));
                int number = at;
                skip(field.kind().type(), end);
                scalar(array.item(), Hits.Kind.Number, number, written);
            }
        } else {
            position(counts.next(i));
            value(message, field, start, array.item());
        }
        present(array.node());
        arrays--;
        outer = savedOuter;
        inner = savedInner;
    }

    private void position(int index) {
        if (arrays == 1) {
            outer = index;
        } else if (arrays == 2) {
            inner = index;
        }
    }

    private void entry(Message message, Field field, int start, Place map) throws ProtobufFault {
        int end = lengthEnd(message.end());
        int lengthAt = Varint.end(in, start);
        int content = at;
        MapEntry read = entry(field, end);
        int key = read.key();
        int keyEnd = read.keyEnd();
        int value = read.value();
        int valueEnd = read.valueEnd();
        int keyContent = key < 0 ? 0 : Varint.end(in, Varint.end(in, key));
        requireUtf8(keyContent, Math.max(keyContent, keyEnd));
        long name = NameHash.of(in, keyContent, Math.max(keyContent, keyEnd));
        if (!once.add(message.mark(), name ^ field.number() * 0x9E3779B97F4A7C15L)) {
            throw new ProtobufFault(Kind.Duplicate, start);
        }
        member = name;
        operand = key >= 0 && keyContent < keyEnd && in[keyContent] == '$' ? operand : name;
        PathNode child = map.node().member(name);
        Place place = map.to(child == null ? map.node().otherMember() : child);
        Rule rule = place.rule();
        if (rule != null && (rule.reach() == Reach.Cut || rule.cut().contains(name))) {
            hit(rule, Hits.Kind.Cut, start, end, Written.WHOLE);
            at = end;
            return;
        }
        int number = nesting.enter(lengthAt, content, end, message.number());
        Message inside = new Message(end, message.shape(), message.depth() + 1, number, once.open());
        boolean named = child != null || !plan.wantsNames() || !isText(rule);
        boolean keyFirst = key < value || value < 0;
        if (keyFirst && !named && key >= 0) {
            name(rule, key, keyEnd, content);
        }
        if (value >= 0) {
            at = value;
            varint32(valueEnd);
            value(inside, field, value, place);
        }
        if (!keyFirst && !named) {
            name(rule, key, keyEnd, content);
        }
        once.close(inside.mark());
        at = end;
    }

    /**
     * Where the key and the value of a map's entry stand, their tags included.
     *
     * @param key −1 where there is none, as {@code value}
     */
    private record MapEntry(int key, int keyEnd, int value, int valueEnd) {}

    private MapEntry entry(Field field, int end) throws ProtobufFault {
        int key = -1;
        int keyEnd = -1;
        int value = -1;
        int valueEnd = -1;
        while (at < end) {
            int fieldStart = at;
            int tag = varint32(end);
            boolean isKey = tag == WireType.Length.tag(KEY);
            boolean isValue = tag == field.kind().type().tag(VALUE);
            if (!isKey && !isValue || (isKey ? key : value) >= 0) {
                throw new ProtobufFault(isKey || isValue ? Kind.Duplicate : Kind.WrongType, fieldStart);
            }
            skip(isKey ? WireType.Length : field.kind().type(), end);
            if (isKey) {
                key = fieldStart;
                keyEnd = at;
            } else {
                value = fieldStart;
                valueEnd = at;
            }
        }
        return new MapEntry(key, keyEnd, value, valueEnd);
    }

    private void name(Rule rule, int start, int end, int object) {
        hits.count(hit(rule, Hits.Kind.Name, start, end, Written.KEY), object);
    }

    /** Whether a key that stands where the rule applies may be text. */
    private boolean isText(Rule rule) {
        if (rule == null) {
            return plan.others() != Others.Pass;
        }
        return rule.reach() != Reach.Copied && rule.reach() != Reach.Whole;
    }

    /** Whether what stands there is one hit, whatever it holds. */
    private static boolean isTaken(Rule rule, PathNode node, boolean container) {
        if (rule == null) {
            return false;
        }
        return switch (rule.reach()) {
            case Whole, Cut -> true;
            case StrictScalar -> container && node.isLeaf();
            case Scalar, Scalars, Content, Framed, Outlined, Opened, Copied -> false;
        };
    }

    /** A value behind its tag. */
    private void value(Message message, Field field, int start, Place place) throws ProtobufFault {
        FieldKind kind = field.kind();
        if (kind != FieldKind.Message) {
            scalar(message, field, start, place);
            return;
        }
        Rule rule = place.rule();
        if (isTaken(rule, place.node(), true) || rule != null && rule.reach() == Reach.Framed) {
            skip(WireType.Length, message.end());
            hit(rule, Hits.Kind.Object, start, at, whole(field));
            return;
        }
        int lengthAt = at;
        int end = lengthEnd(message.end());
        if (end > at) {
            present(place.node());
        }
        MessageAhead ahead = new MessageAhead(in, at, end);
        MessageShape shape = ahead.shape(field.below());
        FieldNaming.Told outerNamed = named;
        int outerWidth = width;
        named = ahead.name(shape, plan.naming(), named);
        width = ahead.width(shape, plan.width(), width);
        int outlined = -1;
        if (rule != null && rule.reach() == Reach.Outlined) {
            boolean cut = rule.cut().contains(named.hash());
            outlined = hit(rule, cut ? Hits.Kind.Cut : Hits.Kind.Object, start, end, whole(field));
            if (cut) {
                at = end;
                named = outerNamed;
                width = outerWidth;
                return;
            }
        }
        int number = nesting.enter(lengthAt, at, end, message.number());
        if (outlined >= 0) {
            hits.count(outlined, number);
        }
        message(end, shape, place, message.depth() + 1, number);
        named = outerNamed;
        width = outerWidth;
    }

    private static Written whole(Field field) {
        return field.label() == Label.Repeated ? Written.WHOLE_ITEM : Written.WHOLE;
    }

    private void scalar(Message message, Field field, int start, Place place) throws ProtobufFault {
        Rule rule = place.rule();
        FieldKind kind = field.kind();
        int value = at;
        skip(kind.type(), message.end());
        int content = kind.type() == WireType.Length ? Varint.end(in, value) : value;
        boolean looks = rule == null ? plan.others() == Others.Redact : isLookedInto(rule);
        if (kind == FieldKind.Bytes && rule == null && plan.others() != Others.Pass) {
            // nothing says whether they are text
            unknown(start);
            return;
        }
        if (kind == FieldKind.Text || kind == FieldKind.Bytes && looks) {
            requireUtf8(content, at);
        }
        scalar(
                place,
                kind.type() == WireType.Length ? Hits.Kind.String : Hits.Kind.Number,
                start,
                new Written(
                        kind,
                        false,
                        field.label() == Label.Repeated,
                        message.shape().alternatives()));
    }

    private static boolean isLookedInto(Rule rule) {
        return rule.reach() != Reach.Copied && rule.reach() != Reach.Whole && rule.reach() != Reach.Cut;
    }

    /** A scalar that ends here. */
    private void scalar(Place place, Hits.Kind kind, int start, Written written) {
        present(place.node());
        Rule rule = place.rule();
        if (rule != null) {
            if (rule.reach() != Reach.Copied) {
                hit(rule, kind, start, at, written);
            }
        } else if (plan.others() == Others.Refuse) {
            hits.foreign(start);
        } else if (plan.others() == Others.Redact && kind == Hits.Kind.String) {
            hit(null, kind, start, at, written);
        }
    }

    private void present(PathNode node) {
        if (node.marks() != 0) {
            hits.mark(node.marks());
        }
    }

    private int hit(Rule rule, Hits.Kind kind, int start, int end, Written written) {
        long field = 0;
        if (rule != null) {
            field = switch (rule.naming()) {
                case None -> 0;
                case Fixed -> rule.field();
                // free content of records is in maps, whose keys are members
                case Member, Document -> member;
                case Operand -> operand;
                case Sibling -> named(rule);
            };
        }
        all.add(written);
        int hit = hits.add(rule, kind, start, end, outer, inner, field, 0);
        if (rule != null && named.equal() && rule.compares(member, operand)) {
            hits.compare(hit);
        }
        return hit;
    }

    /** The field of a value that a text names; what tells it is itself of no field. */
    private long named(Rule rule) {
        if (rule.known().isEmpty()) {
            return named.hash();
        }
        return plan.naming().isTold(member) ? 0 : rule.known().last(Arrays.copyOfRange(in, named.from(), named.to()));
    }

    /** A field that is not known, read from its beginning up to here. */
    private void unknown(int start) throws ProtobufFault {
        if (!plan.dropsUnknown()) {
            throw new ProtobufFault(Kind.UnknownField, start);
        }
        unknown.add(new Edit(start, at, NOTHING));
    }
}
