package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.FloatBytes;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.UnfitVectorException;
import dev.redoubt.wire.protobuf.Nesting.Edit;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A message of Protocol Buffers that is being edited. */
public final class ProtobufDraft extends Draft {
    private static final byte[] NOTHING = {};

    private final MessageShape shape;
    private final List<Written> written;
    private final Nesting nesting;
    private final List<Edit> edits;

    /** @param edits those that are made in any case; more are added */
    ProtobufDraft(
            byte[] body, Hits hits, MessageShape shape, List<Written> written, Nesting nesting, List<Edit> edits) {
        super(body, hits);
        this.shape = shape;
        this.written = written;
        this.nesting = nesting;
        this.edits = edits;
    }

    @Override
    public boolean isPlain(int hit) {
        return written.get(hit).kind() == FieldKind.Text || written.get(hit).kind() == FieldKind.Bytes;
    }

    @Override
    public int from(int hit) {
        return Varint.end(body(), value(hit));
    }

    @Override
    public int to(int hit) {
        return hits().end(hit);
    }

    /** The place behind the tag, where there is one. */
    private int value(int hit) {
        int start = hits().start(hit);
        return written.get(hit).packed() ? start : Varint.end(body(), start);
    }

    @Override
    public byte[] text(int hit) {
        return switch (written.get(hit).kind()) {
            case Text, Bytes -> Arrays.copyOfRange(body(), from(hit), to(hit));
            case Varint -> ascii(Long.toString(Varint.at(body(), value(hit))));
            case Long -> ascii(Long.toString(number(hit).getLong()));
            case Float -> ascii(Float.toString(number(hit).getFloat()));
            case Double -> ascii(decimal(number(hit).getDouble()));
            case Message -> Arrays.copyOfRange(body(), hits().start(hit), hits().end(hit));
        };
    }

    private ByteBuffer number(int hit) {
        int value = value(hit);
        return ByteBuffer.wrap(body(), value, hits().end(hit) - value).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A whole number is written as one: an identifier may stand where the type is a floating point number. */
    private static String decimal(double number) {
        boolean whole = Math.rint(number) == number && Math.abs(number) < 1L << 53;
        return whole ? Long.toString((long) number) : Double.toString(number);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean mayBeNumber(int hit) {
        return hits().kind(hit) == Hits.Kind.Number || hits().kind(hit) == Hits.Kind.String;
    }

    @Override
    public boolean mayBeText(int hit) {
        return isPlain(hit) || written.get(hit).alternatives().text() != 0;
    }

    @Override
    public void putText(int hit, byte[] utf8) {
        if (isPlain(hit)) {
            int value = value(hit);
            byte[] tag = Arrays.copyOfRange(body(), hits().start(hit), value);
            replace(hit, concat(tag, Varint.of(utf8.length), utf8));
        } else {
            int other = written.get(hit).alternatives().text();
            replace(hit, other == 0 ? nothing(hit) : text(other, utf8));
        }
    }

    private static byte[] text(int number, byte[] utf8) {
        return concat(Varint.of(WireType.Length.tag(number)), Varint.of(utf8.length), utf8);
    }

    /** What says nothing in place of a value: zero or emptiness where its position counts. */
    private byte[] nothing(int hit) {
        Written as = written.get(hit);
        byte[] zero = new byte[zeroBytes(as.kind())];
        if (as.packed()) {
            return zero;
        }
        return as.item() ? concat(Arrays.copyOfRange(body(), hits().start(hit), value(hit)), zero) : NOTHING;
    }

    /** The length of a zero, or of the length of what is empty. */
    private static int zeroBytes(FieldKind kind) {
        return switch (kind) {
            case Float -> Float.BYTES;
            case Double, Long -> Long.BYTES;
            case Text, Bytes, Message, Varint -> 1;
        };
    }

    @Override
    public void putScalar(int hit, byte[] json) {
        String text = new String(json, StandardCharsets.US_ASCII);
        Written as = written.get(hit);
        if (hits().kind(hit) == Hits.Kind.Absent) {
            byte[] tag = Varint.of(WireType.Varint.tag(as.alternatives().integer()));
            int end = hits().end(hit);
            edits.add(new Edit(end, end, concat(tag, value(FieldKind.Varint, text)), hits().count(hit)));
            return;
        }
        if (!isPlain(hit)) {
            byte[] tag = Arrays.copyOfRange(body(), hits().start(hit), value(hit));
            replace(hit, concat(tag, value(as.kind(), text)));
        } else if (as.alternatives().equals(MessageShape.Alternatives.NONE)) {
            putText(hit, json);
        } else {
            replace(hit, alternative(as.alternatives(), text, json));
        }
    }

    /** A number or boolean in place of a text; as a text where the message has no field for it. */
    private byte[] alternative(MessageShape.Alternatives fields, String text, byte[] json) {
        boolean truth = text.equals("true") || text.equals("false");
        boolean whole = !truth && text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9') && text.length() < 19;
        if (truth && fields.truth() > 0) {
            return concat(Varint.of(WireType.Varint.tag(fields.truth())), Varint.of(text.equals("true") ? 1 : 0));
        }
        if (whole && fields.integer() > 0) {
            return concat(Varint.of(WireType.Varint.tag(fields.integer())), Varint.of(Long.parseLong(text)));
        }
        if (!truth && fields.number() > 0) {
            return concat(Varint.of(WireType.Fixed64.tag(fields.number())), value(FieldKind.Double, text));
        }
        return fields.text() > 0 ? text(fields.text(), json) : NOTHING;
    }

    private static byte[] value(FieldKind kind, String number) {
        return switch (kind) {
            case Varint -> Varint.of(new BigDecimal(number).longValue());
            case Long ->
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(new BigDecimal(number).longValue())
                        .array();
            case Float ->
                ByteBuffer.allocate(Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(Float.parseFloat(number))
                        .array();
            case Double ->
                ByteBuffer.allocate(Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(Double.parseDouble(number))
                        .array();
            case Text, Bytes, Message -> throw new IllegalStateException("a number cannot be written as " + kind);
        };
    }

    @Override
    public void changeVectors(int hit, UnaryOperator<float[]> change) throws UnfitVectorException {
        if (written.get(hit).kind() != FieldKind.Bytes) {
            throw new UnfitVectorException();
        }
        int width = hits().count(hit);
        byte[] floats = text(hit);
        putText(hit, width == 0 ? FloatBytes.change(floats, change) : FloatBytes.change(floats, width, change));
    }

    @Override
    public void clear(int hit) {
        replace(hit, nothing(hit));
    }

    @Override
    public void cut(int hit) {
        replace(hit, NOTHING);
    }

    @Override
    public void cutItem(int hit, int before, int after) {
        cut(hit);
    }

    /** The content of a message or text. */
    public byte[] content(int hit) {
        return Arrays.copyOfRange(body(), from(hit), to(hit));
    }

    /** Puts another content in the place of that of a message or text. */
    public void putContent(int hit, byte[] content) {
        byte[] tag = Arrays.copyOfRange(body(), hits().start(hit), value(hit));
        replace(hit, concat(tag, Varint.of(content.length), content));
    }

    /** Puts fields in the place of one. */
    public void putFields(int hit, byte[] fields) {
        replace(hit, fields);
    }

    /**
     * Adds fields at the end of a message, behind those that were added before.
     *
     * @param hit the message, {@code null} for the one that all others stand in
     */
    public void append(Integer hit, byte[] fields) {
        int end = hit == null ? body().length : hits().end(hit);
        edits.add(new Edit(end, end, fields, hit == null ? Nesting.ROOT : hits().count(hit)));
    }

    private void replace(int hit, byte[] by) {
        edits.add(new Edit(hits().start(hit), hits().end(hit), by));
    }

    @Override
    public void add(Member member) {
        int field = shape.number(NameHash.of(member.name()));
        int end = body().length;
        byte[] value = value(FieldKind.Varint, member.json());
        edits.add(new Edit(end, end, concat(Varint.of(WireType.Varint.tag(field)), value), Nesting.ROOT));
    }

    @Override
    public void addObject(String name, List<Member> members) {
        int field = shape.number(NameHash.of(name));
        int end = body().length;
        for (Member member : members) {
            byte[] entry = concat(
                    text(ProtobufWalk.KEY, member.name().getBytes(StandardCharsets.UTF_8)),
                    text(ProtobufWalk.VALUE, ascii(member.json())));
            edits.add(new Edit(end, end, text(field, entry), Nesting.ROOT));
        }
    }

    @Override
    public void addTo(int hit, List<Member> members) {
        throw new IllegalStateException("members are added to the root of a message and to maps there alone");
    }

    @Override
    public byte[] finish() {
        return nesting.apply(edits, body());
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
