package dev.redoubt.wire.protobuf;

/** How a field is written. The two of groups are left out: they are refused. */
enum WireType {
    Varint,
    Fixed64,
    Length,
    Fixed32;

    /** The type of a tag's lowest three bits; {@code null} for one that is refused. */
    static WireType of(int bits) {
        return switch (bits) {
            case 0 -> Varint;
            case 1 -> Fixed64;
            case 2 -> Length;
            case 5 -> Fixed32;
            default -> null;
        };
    }

    /** Whether a field of a kind may be written so. */
    boolean fits(FieldKind kind) {
        return switch (kind) {
            case Text, Bytes, Message -> this == Length;
            case Varint -> this == Varint;
            case Fixed32 -> this == Fixed32;
            case Fixed64 -> this == Fixed64;
            case Varints -> this == Varint || this == Length;
            case Fixed32s -> this == Fixed32 || this == Length;
            case Fixed64s -> this == Fixed64 || this == Length;
            case Dropped, Refused -> true;
        };
    }
}
