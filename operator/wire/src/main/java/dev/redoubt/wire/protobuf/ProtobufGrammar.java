package dev.redoubt.wire.protobuf;

import dev.redoubt.redact.text.MalformedTextException;
import dev.redoubt.redact.text.Utf8;
import dev.redoubt.wire.protobuf.ProtobufFault.Kind;

/**
 * Reads the values of a message one after the other and refuses what parsers read differently.
 *
 * <p>Source: Protocol Buffers documentation, Encoding.
 */
abstract class ProtobufGrammar {
    private static final int LONGEST_VARINT = 10;
    private static final int LONGEST_VARINT_32 = 5;

    final byte[] in;
    /** The place of what is read next. */
    int at;

    ProtobufGrammar(byte[] in) {
        this.in = in;
    }

    /** Refuses a text that is not UTF-8. */
    final void requireUtf8(int from, int to) throws ProtobufFault {
        try {
            if (Utf8.validate(in, from, to) == to) {
                return;
            }
        } catch (MalformedTextException e) {
            // told below without the text
        }
        throw new ProtobufFault(Kind.Encoding, from);
    }

    /** Goes behind a value of a type. */
    final void skip(WireType type, int end) throws ProtobufFault {
        switch (type) {
            case Varint -> varint(end, LONGEST_VARINT);
            case Fixed32 -> advance(Integer.BYTES, end);
            case Fixed64 -> advance(Long.BYTES, end);
            case Length -> advance(length(end), end);
        }
    }

    private void advance(int bytes, int end) throws ProtobufFault {
        if (bytes > end - at) {
            throw fault(Kind.Truncated);
        }
        at += bytes;
    }

    /** The end of what the length that is read next announces. */
    final int lengthEnd(int end) throws ProtobufFault {
        int length = length(end);
        return at + length;
    }

    private int length(int end) throws ProtobufFault {
        int length = varint32(end);
        if (length < 0 || length > end - at) {
            throw fault(Kind.Truncated);
        }
        return length;
    }

    /** A number of 32 bits without a sign. Some decoders cut a larger one off, others refuse it. */
    final int varint32(int end) throws ProtobufFault {
        int start = at;
        long number = varint(end, LONGEST_VARINT_32);
        if (number >>> Integer.SIZE != 0) {
            throw new ProtobufFault(Kind.Syntax, start);
        }
        return (int) number;
    }

    private long varint(int end, int mostBytes) throws ProtobufFault {
        long number = 0;
        for (int i = 0; i < mostBytes; i++) {
            if (at == end) {
                throw fault(Kind.Truncated);
            }
            byte b = in[at++];
            number |= (long) (b & 0x7F) << 7 * i;
            if (b >= 0) {
                boolean overflows = i == LONGEST_VARINT - 1 && b > 1;
                if (overflows) {
                    break;
                }
                return number;
            }
        }
        throw fault(Kind.Syntax);
    }

    final ProtobufFault fault(Kind kind) {
        return new ProtobufFault(kind, at);
    }
}
