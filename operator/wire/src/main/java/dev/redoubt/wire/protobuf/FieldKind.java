package dev.redoubt.wire.protobuf;

/** What a field of a message is, and with that its wire type and what is done to it. */
public enum FieldKind {
    /** A string, repeated or not: it is edited. */
    Text,
    /** Bytes, repeated or not, that are copied unseen; for what cannot be text of people, such as a packed vector. */
    Bytes,
    /** A message, repeated or not, also an entry of a map: it is walked. */
    Message,
    /** An integer, boolean or enumeration. Copied. */
    Varint,
    /** A float or an integer of four bytes. Copied. */
    Fixed32,
    /** A double or an integer of eight bytes. Copied. */
    Fixed64,
    /** Repeated {@link #Varint}, packed or not. */
    Varints,
    /** Repeated {@link #Fixed32}, packed or not, such as a vector: its numbers are not read. */
    Fixed32s,
    /** Repeated {@link #Fixed64}, packed or not: its numbers are not read. */
    Fixed64s,
    /** Taken out, whatever it is. */
    Dropped,
    /** Refuses the message, whatever it is. */
    Refused
}
