package dev.redoubt.wire.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Vectors in the parameters and the text of a statement, told by their form alone: what a parameter is only the statement
 * says, and it is not parsed. The forms are those of pgvector 0.8 ({@code vector_in}, {@code vector_recv} and theirs of
 * {@code halfvec} and {@code sparsevec}).
 */
public final class VectorValue {
    /** No embedding has components beyond these; what is no vector and has the length of one mostly has. */
    private static final float LARGEST = 1e5f;

    private static final float SMALLEST = 1e-9f;

    private static final int HEADER = 2 * Short.BYTES;
    private static final int SPARSE_HEADER = 3 * Integer.BYTES;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;

    private VectorValue() {}

    /**
     * The vector of a text that is nothing but numbers between brackets, such as {@code [1,-2.5e-3]}; empty for others, and
     * where all numbers are whole: clients of pgvector write fractions always, and JSON has lists of whole numbers.
     */
    public static Optional<float[]> ofText(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1).strip();
        if (text.length() < 3 || text.charAt(0) != '[' || text.charAt(text.length() - 1) != ']') {
            return Optional.empty();
        }
        String[] numbers = text.substring(1, text.length() - 1).split(",", -1);
        float[] vector = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            String number = numbers[i].strip();
            if (!isNumber(number)) {
                return Optional.empty();
            }
            vector[i] = Float.parseFloat(number);
        }
        return text.indexOf('.') < 0 && text.indexOf('e') < 0 ? Optional.empty() : Optional.of(vector);
    }

    /** A vector as a text. */
    public static byte[] text(float[] vector) {
        StringBuilder text = new StringBuilder();
        char before = '[';
        for (float component : vector) {
            text.append(before).append(component);
            before = ',';
        }
        return text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** What {@link Float#parseFloat} takes and pgvector does too: no names of numbers, no suffixes, no hexadecimal. */
    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)
                && isParsed(text);
    }

    private static boolean isParsed(String text) {
        try {
            Float.parseFloat(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The vector of bytes in pgvector's binary format, of two components or more; empty for others. */
    public static Optional<float[]> ofBinary(byte[] value) {
        int size = dimensions(value);
        if (size < 2 || value.length != HEADER + size * Float.BYTES) {
            return Optional.empty();
        }
        float[] vector = new float[size];
        ByteBuffer.wrap(value, HEADER, value.length - HEADER).asFloatBuffer().get(vector);
        for (float component : vector) {
            float magnitude = Math.abs(component);
            // NaN is in no range
            if (!(magnitude == 0 || magnitude >= SMALLEST && magnitude <= LARGEST)) {
                return Optional.empty();
            }
        }
        return Optional.of(vector);
    }

    /** A vector in pgvector's binary format. */
    public static byte[] binary(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + vector.length * Float.BYTES);
        bytes.putShort((short) vector.length).putShort((short) 0);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    /** Whether bytes have the form of a {@code halfvec} or a {@code sparsevec} of two components or more. */
    public static boolean isOtherBinary(byte[] value) {
        int size = dimensions(value);
        return size >= 2 && value.length == HEADER + size * Short.BYTES || isSparse(value);
    }

    private static boolean isSparse(byte[] value) {
        if (value.length < SPARSE_HEADER + 2 * 2 * Integer.BYTES) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        int size = bytes.getInt();
        int present = bytes.getInt();
        int unused = bytes.getInt();
        return unused == 0
                && present >= 2
                && size >= present
                && value.length == SPARSE_HEADER + 2L * Integer.BYTES * present;
    }

    private static int dimensions(byte[] value) {
        if (value.length < HEADER) {
            return 0;
        }
        ByteBuffer header = ByteBuffer.wrap(value);
        int size = header.getShort();
        return header.getShort() == 0 ? size : 0;
    }

    /**
     * Whether a text may be stored as a vector and is in no form that can be changed: a {@code sparsevec}, such as
     * {@code {1:0.5,7:2}/9}, an array of numbers with fractions, a list of whole numbers.
     */
    public static boolean isOtherText(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith("[")) {
            return NumberRun.isAll(value) && ofText(value).isEmpty();
        }
        if (!text.startsWith("{")) {
            return false;
        }
        int close = text.indexOf('}');
        if (close > 0 && text.startsWith("/", close + 1)) {
            return text.chars().allMatch(c -> c >= '0' && c <= '9' || "{}:,/+-.eE ".indexOf(c) >= 0);
        }
        return close == text.length() - 1
                && text.indexOf('.') > 0
                && Arrays.stream(text.substring(1, close).split(",", -1))
                        .map(String::strip)
                        .allMatch(VectorValue::isNumber);
    }

    /** Whether an array has elements of floating point, which a statement may cast to a vector. */
    public static boolean isFloats(BinaryArray array) {
        return array.elementType() == FLOAT4 || array.elementType() == FLOAT8;
    }

    /**
     * Whether the text of a statement has a vector written out: numbers between brackets of which one has a fraction, or
     * many numbers in a row.
     */
    public static boolean isInStatement(byte[] sql) {
        if (NumberRun.isIn(sql, NumberRun.VECTOR)) {
            return true;
        }
        for (int open = 0; open < sql.length; open++) {
            if (sql[open] == '[' && isList(sql, open)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isList(byte[] sql, int open) {
        boolean fraction = false;
        boolean several = false;
        for (int i = open + 1; i < sql.length; i++) {
            byte c = sql[i];
            if (c == ']') {
                return fraction && several;
            }
            fraction |= c == '.' || (c | 0x20) == 'e';
            several |= c == ',';
            if (!(c >= '0' && c <= '9' || c <= ' ' && c > 0 || "+-.,eE".indexOf(c) >= 0)) {
                return false;
            }
        }
        return false;
    }
}
