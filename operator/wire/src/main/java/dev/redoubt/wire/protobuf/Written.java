package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.protobuf.MessageShape.Alternatives;

/**
 * How a value that was found is written.
 *
 * @param kind what it is
 * @param packed whether it is one of several without tags
 * @param item whether it is one of several whose positions count, so that one that says nothing takes its place
 * @param alternatives the fields that a value of another kind has in its place
 */
record Written(FieldKind kind, boolean packed, boolean item, Alternatives alternatives) {
    /** The key of a map's entry. */
    static final Written KEY = new Written(FieldKind.Text, false, false, Alternatives.NONE);

    /** Something that is taken out or counted, and never read. */
    static final Written WHOLE = new Written(FieldKind.Message, false, false, Alternatives.NONE);

    /** The same in a list. */
    static final Written WHOLE_ITEM = new Written(FieldKind.Message, false, true, Alternatives.NONE);

    /** All numbers of a field without tags between them. */
    static final Written FLOATS = new Written(FieldKind.Bytes, false, false, Alternatives.NONE);
}
