package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.protobuf.MessageShape.Alternatives;

/**
 * How a value that was found is written.
 *
 * @param kind what it is
 * @param packed whether it is one of several without tags
 * @param alternatives the fields that a value of another kind has in its place
 */
record Written(FieldKind kind, boolean packed, Alternatives alternatives) {
    /** The key of a map's entry. */
    static final Written KEY = new Written(FieldKind.Text, false, Alternatives.NONE);

    /** Something that is taken out or counted, and never read. */
    static final Written WHOLE = new Written(FieldKind.Message, false, Alternatives.NONE);

    /** All numbers of a field without tags between them. */
    static final Written FLOATS = new Written(FieldKind.Bytes, false, Alternatives.NONE);
}
