package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.protobuf.MessageShape.Variant;

/** Tells of a message that was not read yet what the meaning of its other fields depends on. */
final class MessageAhead {
    private final byte[] in;
    private final int from;
    private final int end;

    /**
     * @param from first byte of the message's content
     * @param end the place behind it
     */
    MessageAhead(byte[] in, int from, int end) {
        this.in = in;
        this.from = from;
        this.end = end;
    }

    /** The shape that the message has, of those of its type. */
    MessageShape shape(MessageShape type) {
        for (Variant variant : type.variants()) {
            int value = find(WireType.Varint.tag(variant.number()));
            if (value >= 0 && Varint.at(in, value) == variant.value()) {
                return variant.shape();
            }
        }
        return type;
    }

    /**
     * How many numbers a vector has.
     *
     * @param member hash of the name of the member that tells it, 0 for none
     * @param around what the messages around tell, where this one has no such member
     */
    int width(MessageShape shape, long member, int around) {
        int number = member == 0 ? 0 : shape.number(member);
        if (number == 0) {
            return around;
        }
        int value = find(WireType.Varint.tag(number));
        // what is beyond all sense fits no vector
        return value < 0 ? 0 : (int) Math.max(0, Math.min(Varint.at(in, value), Integer.MAX_VALUE));
    }

    /**
     * What names the fields of the message.
     *
     * @param around what names those around, where messages of this shape tell nothing
     */
    FieldNaming.Told name(MessageShape shape, FieldNaming naming, FieldNaming.Told around) {
        FieldNaming.Told told = naming.of(in, from, end, shape);
        return told == null ? around : told;
    }

    private int find(int tag) {
        return new FieldSearch(in, from, end).find(tag);
    }
}
