package dev.redoubt.wire.protobuf;

import dev.redoubt.profiles.SchemaField.Scalar;
import java.util.Optional;

/** How a field of a message is written, and with that how its value is read. */
enum FieldKind {
    Text(WireType.Length),
    Bytes(WireType.Length),
    Message(WireType.Length),
    /** An integer, boolean or enumeration. */
    Varint(WireType.Varint),
    /** An integer of eight bytes. */
    Long(WireType.Fixed64),
    Float(WireType.Fixed32),
    Double(WireType.Fixed64);

    private final WireType type;

    FieldKind(WireType type) {
        this.type = type;
    }

    static FieldKind of(Optional<Scalar> scalar) {
        if (scalar.isEmpty()) {
            return Message;
        }
        return switch (scalar.get()) {
            case String -> Text;
            case Bytes -> Bytes;
            case Bool, Int32, Int64, Uint32, Uint64 -> Varint;
            case Sfixed64 -> Long;
            case Float -> Float;
            case Double -> Double;
        };
    }

    /** The wire type of one value. */
    WireType type() {
        return type;
    }

    /** Whether several values may be written in one field, without tags between them. */
    boolean isPackable() {
        return type != WireType.Length;
    }
}
