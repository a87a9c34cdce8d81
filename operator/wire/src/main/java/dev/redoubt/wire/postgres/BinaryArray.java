package dev.redoubt.wire.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An array in PostgreSQL's binary format ({@code array_send}): dimensions, then every element behind its length.
 *
 * @param elementType OID of the elements' type
 * @param bounds length and lower bound of each dimension, outermost first
 * @param elements in storage order; {@code null} for SQL's null
 */
public record BinaryArray(int elementType, List<Integer> bounds, List<byte[]> elements) {
    private static final int MOST_DIMENSIONS = 6;

    public BinaryArray {
        bounds = List.copyOf(bounds);
        // elements may be null, which List.copyOf does not take
    }

    /** Reads an array; empty where the bytes are none, to the last of them. */
    public static Optional<BinaryArray> read(byte[] value) {
        try {
            FieldReader fields = new FieldReader(value);
            int dimensions = fields.int32();
            int flags = fields.int32();
            if (dimensions < 0 || dimensions > MOST_DIMENSIONS || flags < 0 || flags > 1) {
                return Optional.empty();
            }
            int type = fields.int32();
            List<Integer> bounds = new ArrayList<>();
            long count = dimensions == 0 ? 0 : 1;
            for (int i = 0; i < dimensions; i++) {
                int length = fields.int32();
                if (length < 0) {
                    return Optional.empty();
                }
                bounds.add(length);
                bounds.add(fields.int32());
                count *= length;
                if (count > value.length) {
                    return Optional.empty();
                }
            }
            List<byte[]> elements = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                elements.add(fields.value());
            }
            return fields.atEnd() ? Optional.of(new BinaryArray(type, bounds, elements)) : Optional.empty();
        } catch (ProtocolFault e) {
            return Optional.empty();
        }
    }

    /** The array with other elements, as many. */
    public BinaryArray with(List<byte[]> others) {
        return new BinaryArray(elementType, bounds, others);
    }

    public byte[] encode() {
        FieldWriter fields = new FieldWriter()
                .int32(bounds.size() / 2)
                .int32(elements.stream().anyMatch(Objects::isNull) ? 1 : 0)
                .int32(elementType);
        bounds.forEach(fields::int32);
        elements.forEach(fields::value);
        return fields.body();
    }
}
