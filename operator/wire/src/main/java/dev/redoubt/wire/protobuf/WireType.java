package dev.redoubt.wire.protobuf;

/** How a field is written. The two of groups are left out: they are refused. */
public enum WireType {
    Varint(0),
    Fixed64(1),
    Length(2),
    Fixed32(5);

    private final int bits;

    WireType(int bits) {
        this.bits = bits;
    }

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

    /** The tag of a field of this type. */
    public int tag(int number) {
        return number << 3 | bits;
    }
}
