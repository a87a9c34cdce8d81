package dev.redoubt.wire;

import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.text.MalformedTextException;
import dev.redoubt.redact.text.Utf8;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.wire.postgres.BinaryArray;
import dev.redoubt.wire.postgres.BinaryNumber;
import dev.redoubt.wire.postgres.Column;
import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.NumberRun;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.ValueKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done to the rows of one session with PostgreSQL. A value that must not be told, or cannot be checked, becomes
 * SQL's null; a row that holds what the policy blocks is left out. For one thread.
 *
 * <p>A column of floating point numbers that belongs to no table is taken for a distance, because that is how distances
 * come: the protocol does not say what computed a column. A distance that a statement turns into another type is not
 * recognised; the generated search functions round before anybody can do so.
 */
public final class RowGuard {
    private final SessionGuard session;
    private final Set<Integer> vectors;
    private final Retrieval retrieval;
    private final ScoreStep step;

    RowGuard(SessionGuard session, Set<Integer> vectors, Retrieval retrieval, ScoreStep step) {
        this.session = session;
        this.vectors = Set.copyOf(vectors);
        this.retrieval = retrieval;
        this.step = step;
    }

    /**
     * Edits a row.
     *
     * @param row a DataRow message
     * @return empty where the row is left out
     * @throws ProtocolFault where it has other columns than were described
     */
    public Optional<Message> edit(List<Column> columns, Message row) throws ProtocolFault {
        FieldReader in = row.fields();
        if (in.int16() != columns.size()) {
            throw new ProtocolFault("a row of other columns than were described");
        }
        FieldWriter out = new FieldWriter().int16(columns.size());
        try {
            for (Column column : columns) {
                byte[] value = in.value();
                out.value(value == null ? null : value(column, value));
            }
        } catch (RefusedException e) {
            return Optional.empty();
        }
        in.end();
        return Optional.of(session.tools().observes() ? row : out.message(row.type()));
    }

    private byte[] value(Column column, byte[] value) throws RefusedException {
        ValueKind kind = ValueKind.of(column.type(), vectors);
        boolean computed = column.table() == 0;
        return switch (kind) {
            case Pass -> value;
            case Float4, Float8 -> computed ? score(value, column.binary()) : number(kind, value, column.binary());
            case Int4, Int8, Numeric -> number(kind, value, column.binary());
            case Text -> text(value);
            case Vector -> vector(value);
            case Jsonb -> column.binary() ? jsonb(value) : text(value);
            case Array -> column.binary() ? array(value, computed) : text(value);
            case Bytes -> bytes(value, column.binary());
            case Other -> column.binary() ? unknown(value) : text(value);
            case Opaque -> unknown(value);
        };
    }

    private byte[] vector(byte[] value) {
        if (!session.strips()) {
            return value;
        }
        session.tally().vectors++;
        return null;
    }

    /** Nobody can tell what the bytes hold, so they are not told where anything is to be hidden. */
    private byte[] unknown(byte[] value) {
        return session.strips() || session.actsOnRetrieve() ? null : value;
    }

    /** Bytes go on where they are a text in which nothing is found. In the text format they are written in hexadecimal. */
    private byte[] bytes(byte[] value, boolean binary) throws RefusedException {
        byte[] content = value;
        if (!binary) {
            String text = new String(value, StandardCharsets.US_ASCII);
            if (!text.startsWith("\\x") || text.length() % 2 != 0) {
                return unknown(value);
            }
            content = HexFormat.of().parseHex(text, 2, text.length());
        }
        try {
            boolean cut = Utf8.validate(content, 0, content.length) < content.length;
            return cut || text(content) != content ? unknown(value) : value;
        } catch (MalformedTextException e) {
            return unknown(value);
        }
    }

    private byte[] text(byte[] value) throws RefusedException {
        if (session.strips() && NumberRun.isIn(value, NumberRun.VECTOR)) {
            session.tally().vectors++;
            return null;
        }
        byte[] text;
        try {
            byte[] redacted = session.redact(Stage.Retrieve, value);
            text = redacted == null ? value : redacted;
        } catch (MalformedTextException e) {
            return null;
        }
        return restored(text);
    }

    private byte[] restored(byte[] text) {
        if (session.tools().restorer() == null) {
            return text;
        }
        int before = session.tools().restorer().restored();
        byte[] restored = session.tools().restorer().restore(text, false);
        session.tally().restored += session.tools().restorer().restored() - before;
        return restored == null ? text : restored;
    }

    /** One byte with the version of the format, then the text. */
    private byte[] jsonb(byte[] value) throws RefusedException {
        if (value.length == 0 || value[0] != 1) {
            return null;
        }
        byte[] text = text(Arrays.copyOfRange(value, 1, value.length));
        return text == null ? null : new FieldWriter().int8(1).bytes(text).body();
    }

    private byte[] array(byte[] value, boolean computed) throws RefusedException {
        Optional<BinaryArray> array = BinaryArray.read(value);
        if (array.isEmpty()) {
            return null;
        }
        Column element = new Column(computed ? 0 : 1, array.get().elementType(), true);
        List<byte[]> elements = new ArrayList<>();
        for (byte[] each : array.get().elements()) {
            elements.add(each == null ? null : value(element, each));
        }
        return array.get().with(elements).encode();
    }

    /** A number stays one or becomes null: a replacement would be none of its type. */
    private byte[] number(ValueKind kind, byte[] value, boolean binary) throws RefusedException {
        if (!session.actsOnRetrieve()) {
            return value;
        }
        String text = binary ? decimal(kind, value) : new String(value, StandardCharsets.US_ASCII);
        if (text == null) {
            return null;
        }
        return session.redact(Stage.Retrieve, text.getBytes(StandardCharsets.US_ASCII)) == null ? value : null;
    }

    private static String decimal(ValueKind kind, byte[] value) {
        return switch (kind) {
            case Int4, Int8 -> BinaryNumber.whole(value);
            case Numeric -> BinaryNumber.numeric(value).orElse(null);
            default -> floating(value).map(BigDecimal::toPlainString).orElse(null);
        };
    }

    private static Optional<BigDecimal> floating(byte[] value) {
        if (value.length != Float.BYTES && value.length != Double.BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        double number = value.length == Float.BYTES ? bytes.getFloat() : bytes.getDouble();
        return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
    }

    private byte[] score(byte[] value, boolean binary) {
        if (retrieval.scores() == Retrieval.Scores.Exact) {
            return value;
        }
        session.tally().scores++;
        if (retrieval.scores() == Retrieval.Scores.Drop) {
            return null;
        }
        return binary ? roundedBinary(value) : roundedText(value);
    }

    private byte[] roundedText(byte[] value) {
        try {
            return step.round(new String(value, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
        } catch (NumberFormatException e) {
            // not finite: it says more than a step may tell
            return null;
        }
    }

    private byte[] roundedBinary(byte[] value) {
        BigDecimal rounded = floating(value).map(step::round).orElse(null);
        if (rounded == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(value.length);
        return value.length == Float.BYTES
                ? bytes.putFloat(rounded.floatValue()).array()
                : bytes.putDouble(rounded.doubleValue()).array();
    }
}
