package dev.redoubt.wire.gzip;

import dev.redoubt.wire.gzip.GzipFault.Kind;
import java.util.zip.CRC32;

/** The header of a gzip member (RFC 1952, section 2.3), read byte by byte. What it says of the file is not kept. */
final class GzipHeader {
    /** Bytes, names and comments included. */
    private static final int LONGEST = 4 << 10;

    private static final int FIXED = 10;
    private static final int DEFLATE = 8;
    private static final int HAS_CRC = 0x02;
    private static final int HAS_EXTRA = 0x04;
    private static final int HAS_NAME = 0x08;
    private static final int HAS_COMMENT = 0x10;
    private static final int RESERVED = 0xE0;

    private final CRC32 crc = new CRC32();
    private Field field = Field.Fixed;
    private int length;
    private int flags;
    /** Bytes of the field that were read. */
    private int read;
    /** The number that the field is, as far as it was read. */
    private int number;
    /** Bytes of the extra field that are still to come. */
    private int extra;

    private enum Field {
        Fixed,
        ExtraLength,
        Extra,
        Name,
        Comment,
        Crc,
        None
    }

    /**
     * Takes the next byte.
     *
     * @return whether it is the last of the header
     */
    boolean take(int value) throws GzipFault {
        if (++length > LONGEST) {
            throw new GzipFault(Kind.Syntax);
        }
        if (field != Field.Crc) {
            crc.update(value);
        }
        read++;
        switch (field) {
            case Fixed -> fixed(value);
            case ExtraLength -> {
                if (isNumber(value)) {
                    extra = number;
                    enter(extra == 0 ? after(Field.Extra) : Field.Extra);
                }
            }
            case Extra -> {
                if (read == extra) {
                    enter(after(Field.Extra));
                }
            }
            case Name, Comment -> {
                if (value == 0) {
                    enter(after(field));
                }
            }
            default -> {
                if (isNumber(value)) {
                    if (number != (crc.getValue() & 0xFFFF)) {
                        throw new GzipFault(Kind.Checksum);
                    }
                    enter(Field.None);
                }
            }
        }
        return field == Field.None;
    }

    private void fixed(int value) throws GzipFault {
        boolean good =
                switch (read) {
                    case 1 -> value == 0x1F;
                    case 2 -> value == 0x8B;
                    case 3 -> value == DEFLATE;
                    case 4 -> (value & RESERVED) == 0;
                    default -> true;
                };
        if (!good) {
            throw new GzipFault(Kind.Syntax);
        }
        if (read == 4) {
            flags = value;
        }
        if (read == FIXED) {
            enter(after(Field.Fixed));
        }
    }

    /** Reads a number of two bytes; true where the second was it. */
    private boolean isNumber(int value) {
        number |= value << 8 * (read - 1);
        return read == 2;
    }

    private void enter(Field next) {
        field = next;
        read = 0;
        number = 0;
    }

    /** The field that the flags say is next. */
    private Field after(Field last) {
        return switch (last) {
            case Fixed -> has(HAS_EXTRA) ? Field.ExtraLength : after(Field.Extra);
            case Extra -> has(HAS_NAME) ? Field.Name : after(Field.Name);
            case Name -> has(HAS_COMMENT) ? Field.Comment : after(Field.Comment);
            default -> has(HAS_CRC) ? Field.Crc : Field.None;
        };
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
