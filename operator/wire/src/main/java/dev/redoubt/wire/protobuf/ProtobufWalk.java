package dev.redoubt.wire.protobuf;

import dev.redoubt.redact.text.MalformedTextException;
import dev.redoubt.redact.text.Utf8;
import dev.redoubt.wire.protobuf.MessageShape.Field;
import dev.redoubt.wire.protobuf.ProtobufFault.Kind;
import dev.redoubt.wire.text.Splice;
import java.util.ArrayList;
import java.util.List;

/**
 * Edits one message of Protocol Buffers over its bytes, by field number and without a tree: texts are given to an editor,
 * fields are taken out, lengths around them are written anew, and everything else stays byte for byte. A field that the
 * shape does not know is never copied, for it may be text. Groups, which no schema of today has, are refused.
 *
 * <p>Source: Protocol Buffers documentation, Encoding.
 */
public final class ProtobufWalk {
    /** 2<sup>29</sup> − 1. */
    static final int LARGEST_FIELD_NUMBER = (1 << 29) - 1;

    /** Messages nest by recursion, so the bound has a bound. */
    private static final int DEEPEST = 128;

    private static final int LONGEST_VARINT = 10;
    private static final int LONGEST_VARINT_32 = 5;
    private static final byte[] NOTHING = {};

    private final byte[] in;
    private final Unknown unknown;
    private final int maxDepth;
    private final Texts texts;
    private final List<Edit> edits = new ArrayList<>();
    private int at;
    private int dropped;

    private ProtobufWalk(byte[] in, Plan plan, Texts texts) {
        this.in = in;
        this.unknown = plan.unknown();
        this.maxDepth = Math.min(plan.maxDepth(), DEEPEST);
        this.texts = texts;
    }

    /** What becomes of fields that no shape knows. */
    public enum Unknown {
        /** They are taken out; for answers, where a newer server may tell more. */
        Drop,
        /** They refuse the message; for requests, whose meaning must not change. */
        Refuse
    }

    /**
     * What a walk goes by.
     *
     * @param root the shape of the message
     * @param unknown what becomes of fields that are not known
     * @param maxDepth the deepest nesting of messages; at most 128 is used
     */
    public record Plan(MessageShape root, Unknown unknown, int maxDepth) {}

    /** Edits texts. */
    public interface Texts {
        /**
         * Tells what is to stand in place of the UTF-8 text in {@code [from, to)}.
         *
         * @param rule the number in the field's {@link MessageShape.Spec}
         * @return {@code null} where it stays
         */
        byte[] text(int rule, byte[] in, int from, int to);
    }

    /**
     * An edited message.
     *
     * @param message the very array that came in where nothing was changed
     * @param dropped fields that were taken out
     */
    public record Edited(byte[] message, int dropped) {}

    /** Bytes that are replaced. */
    private record Edit(int start, int end, byte[] by) {}

    /**
     * Edits a message.
     *
     * @param in the message and nothing else
     * @throws ProtobufFault where the bytes are not one, or it has a field that must not be there
     */
    public static Edited edit(byte[] in, Plan plan, Texts texts) throws ProtobufFault {
        ProtobufWalk walk = new ProtobufWalk(in, plan, texts);
        walk.message(in.length, plan.root(), 0);
        Splice splice = new Splice(in);
        for (Edit edit : walk.edits) {
            splice.replace(edit.start(), edit.end(), edit.by());
        }
        return new Edited(splice.finish(), walk.dropped);
    }

    /** Walks the message that ends at a place. Returns by how much it grows. */
    private int message(int end, MessageShape shape, int depth) throws ProtobufFault {
        if (depth >= maxDepth) {
            throw fault(Kind.Depth);
        }
        int growth = 0;
        while (at < end) {
            int start = at;
            int tag = varint32(end);
            int number = tag >>> 3;
            WireType type = WireType.of(tag & 7);
            if (type == null || number == 0) {
                throw new ProtobufFault(Kind.Syntax, start);
            }
            Field field = shape.field(number);
            boolean drops = field == null ? unknown == Unknown.Drop : field.kind() == FieldKind.Dropped;
            if (drops) {
                skip(type, end);
                dropped++;
                growth += replace(start, at, NOTHING);
            } else if (field == null || field.kind() == FieldKind.Refused) {
                throw new ProtobufFault(Kind.RefusedField, start);
            } else {
                growth = Math.addExact(growth, field(field, type, end, depth));
            }
        }
        return growth;
    }

    private int field(Field field, WireType type, int end, int depth) throws ProtobufFault {
        if (!type.fits(field.kind())) {
            throw fault(Kind.WrongType);
        }
        if (type != WireType.Length) {
            skip(type, end);
            return 0;
        }
        int start = at;
        int length = length(end);
        int contentEnd = at + length;
        switch (field.kind()) {
            case Text -> {
                return text(field, start, contentEnd);
            }
            case Message -> {
                return below(field, start, contentEnd, depth);
            }
            case Varints -> {
                while (at < contentEnd) {
                    varint(contentEnd, LONGEST_VARINT);
                }
            }
            case Fixed32s -> whole(length, Integer.BYTES);
            case Fixed64s -> whole(length, Long.BYTES);
            default -> {}
        }
        at = contentEnd;
        return 0;
    }

    private void whole(int length, int size) throws ProtobufFault {
        if (length % size != 0) {
            throw fault(Kind.Truncated);
        }
    }

    private int text(Field field, int start, int end) throws ProtobufFault {
        int from = at;
        requireUtf8(from, end);
        at = end;
        byte[] text = texts.text(field.rule(), in, from, end);
        if (text == null) {
            return 0;
        }
        byte[] length = Varint.of(text.length);
        byte[] both = new byte[length.length + text.length];
        System.arraycopy(length, 0, both, 0, length.length);
        System.arraycopy(text, 0, both, length.length, text.length);
        return replace(start, end, both);
    }

    private void requireUtf8(int from, int to) throws ProtobufFault {
        try {
            if (Utf8.validate(in, from, to) == to) {
                return;
            }
        } catch (MalformedTextException e) {
            // told below without the text
        }
        throw new ProtobufFault(Kind.Encoding, from);
    }

    private int below(Field field, int start, int end, int depth) throws ProtobufFault {
        int from = at;
        int place = edits.size();
        // its length stands before what it is known from
        edits.add(null);
        int growth = message(end, field.below(), depth + 1);
        if (edits.size() == place + 1) {
            edits.remove(place);
            return 0;
        }
        byte[] length = Varint.of(end - from + growth);
        edits.set(place, new Edit(start, from, length));
        return Math.addExact(growth, length.length - (from - start));
    }

    private int replace(int start, int end, byte[] by) {
        edits.add(new Edit(start, end, by));
        return by.length - (end - start);
    }

    private void skip(WireType type, int end) throws ProtobufFault {
        switch (type) {
            case Varint -> varint(end, LONGEST_VARINT);
            case Fixed32 -> advance(Integer.BYTES, end);
            case Fixed64 -> advance(Long.BYTES, end);
            case Length -> advance(length(end), end);
        }
    }

    private void advance(int bytes, int end) throws ProtobufFault {
        if (bytes > end - at) {
            throw fault(Kind.Truncated);
        }
        at += bytes;
    }

    private int length(int end) throws ProtobufFault {
        int length = varint32(end);
        if (length < 0 || length > end - at) {
            throw fault(Kind.Truncated);
        }
        return length;
    }

    /** A number of 32 bits without a sign. Some decoders cut a larger one off, others refuse it. */
    private int varint32(int end) throws ProtobufFault {
        int start = at;
        long number = varint(end, LONGEST_VARINT_32);
        if (number >>> Integer.SIZE != 0) {
            throw new ProtobufFault(Kind.Syntax, start);
        }
        return (int) number;
    }

    private long varint(int end, int mostBytes) throws ProtobufFault {
        long number = 0;
        for (int i = 0; i < mostBytes; i++) {
            if (at == end) {
                throw fault(Kind.Truncated);
            }
            byte b = in[at++];
            number |= (long) (b & 0x7F) << 7 * i;
            if (b >= 0) {
                boolean overflows = i == LONGEST_VARINT - 1 && b > 1;
                if (overflows) {
                    break;
                }
                return number;
            }
        }
        throw fault(Kind.Syntax);
    }

    private ProtobufFault fault(Kind kind) {
        return new ProtobufFault(kind, at);
    }
}
