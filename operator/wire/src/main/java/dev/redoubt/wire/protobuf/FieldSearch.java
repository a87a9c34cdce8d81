package dev.redoubt.wire.protobuf;

/** Looks ahead for one field of a message that was not read yet. What is malformed is not found; the walk tells of it. */
final class FieldSearch {
    private final byte[] in;
    private final int end;
    private int at;

    /**
     * @param from first byte of the message's content
     * @param end the place behind it
     */
    FieldSearch(byte[] in, int from, int end) {
        this.in = in;
        this.at = from;
        this.end = end;
    }

    /** Where the value of a field begins, −1 where it is not there. */
    int find(int tag) {
        while (at < end) {
            long next = varint();
            int value = at;
            WireType type = next < 0 ? null : WireType.of((int) (next & 7));
            if (type == null || !skip(type)) {
                return -1;
            }
            if (next == tag) {
                return value;
            }
        }
        return -1;
    }

    private boolean skip(WireType type) {
        long bytes =
                switch (type) {
                    case Varint -> varint() == -1 && at > end ? -1 : 0;
                    case Fixed32 -> Integer.BYTES;
                    case Fixed64 -> Long.BYTES;
                    case Length -> varint();
                };
        if (bytes < 0 || bytes > end - at) {
            return false;
        }
        at += (int) bytes;
        return true;
    }

    /** The number that is read next; where it is cut off the place is behind the end. */
    private long varint() {
        long number = 0;
        int shift = 0;
        while (at < end) {
            byte b = in[at++];
            number |= shift < Long.SIZE ? (b & 0x7FL) << shift : 0;
            shift += 7;
            if (b >= 0) {
                return number;
            }
        }
        at = end + 1;
        return -1;
    }
}
