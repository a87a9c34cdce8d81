package dev.redoubt.wire.gzip;

import dev.redoubt.wire.gzip.GzipFault.Kind;
import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes one gzip member (RFC 1952) that arrives in pieces, cut anywhere, strictly: header and trailer are checked, and
 * nothing may follow. Content comes out as soon as it can; only {@link #finish} tells that it was whole. Not for use by
 * several threads at once.
 */
public final class GzipDecoder implements AutoCloseable {
    /** How many times as large as its compressed form content may be. Texts in JSON come to a tenth of that. */
    public static final int MOST_RATIO = 128;

    /** Content up to this size may have any ratio, in bytes. */
    public static final int FREE = 64 << 10;

    /** The fixed header, an empty block and the trailer. */
    private static final int SHORTEST = 20;

    private static final int TRAILER = 8;

    private final Inflater inflater = new Inflater(true);
    private final GzipHeader header = new GzipHeader();
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[8 << 10];
    private final long most;
    private Part part = Part.Header;
    private long size;
    private long trailer;
    private int ofTrailer;

    /** @param most the largest content in bytes */
    public GzipDecoder(long most) {
        this.most = most;
    }

    /** Takes content. */
    public interface Sink {
        /** Takes the bytes in {@code [0, length)}, which are overwritten afterwards. */
        void take(byte[] bytes, int length) throws GzipFault;
    }

    private enum Part {
        Header,
        Content,
        Trailer,
        End
    }

    /**
     * Reads the size that a member says its content has, from its end. Only decoding tells whether it is true.
     *
     * @return bytes; −1 where the content cannot have that size
     */
    public static long announcedSize(byte[] member) {
        if (member.length < SHORTEST) {
            return -1;
        }
        long announced = 0;
        for (int i = 1; i <= Integer.BYTES; i++) {
            announced = announced << 8 | member[member.length - i] & 0xFF;
        }
        return isBeyondRatio(announced, member.length) ? -1 : announced;
    }

    /**
     * Decodes a member that is there as a whole. Takes no more memory than the content that it announces.
     *
     * @param most the largest content in bytes
     * @throws GzipFault where it is not whole and sound, or its content is larger
     */
    public static byte[] decode(byte[] member, int most) throws GzipFault {
        long announced = announcedSize(member);
        if (announced < 0 || announced > most) {
            throw fault(member, most);
        }
        byte[] content = new byte[(int) announced];
        try (GzipDecoder decoder = new GzipDecoder(announced)) {
            decoder.append(
                    member,
                    (bytes, length) -> System.arraycopy(bytes, 0, content, (int) decoder.size - length, length));
            decoder.finish();
        }
        return content;
    }

    /** What is wrong with a member whose content cannot have the size that it announces, or not within the bound. */
    private static GzipFault fault(byte[] member, int most) {
        try (GzipDecoder decoder = new GzipDecoder(most)) {
            decoder.append(member, (bytes, length) -> {});
            decoder.finish();
            return new GzipFault(Kind.TooLarge);
        } catch (GzipFault e) {
            return e;
        }
    }

    /**
     * Takes a piece and gives what it decodes to.
     *
     * @throws GzipFault where it cannot be read on; nothing may be taken afterwards
     */
    public void append(byte[] piece, Sink sink) throws GzipFault {
        int at = 0;
        while (at < piece.length) {
            switch (part) {
                case Header -> {
                    if (header.take(piece[at++] & 0xFF)) {
                        part = Part.Content;
                    }
                }
                case Content -> at = content(piece, at, sink);
                case Trailer -> trailer(piece[at++] & 0xFF);
                default -> throw new GzipFault(Kind.TrailingBytes);
            }
        }
    }

    /** {@link #append(byte[], Sink)} into an array. */
    public byte[] append(byte[] piece) throws GzipFault {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(piece, (bytes, length) -> out.write(bytes, 0, length));
        return out.toByteArray();
    }

    /**
     * Ends the member.
     *
     * @throws GzipFault where it is not complete
     */
    public void finish() throws GzipFault {
        if (part != Part.End) {
            throw new GzipFault(Kind.Truncated);
        }
    }

    /** Gives back what it holds outside of the heap. */
    @Override
    public void close() {
        inflater.end();
    }

    private int content(byte[] piece, int from, Sink sink) throws GzipFault {
        inflater.setInput(piece, from, piece.length - from);
        while (true) {
            int length = inflate();
            if (length > 0) {
                size += length;
                if (isBeyondRatio(size, inflater.getBytesRead())) {
                    throw new GzipFault(Kind.Ratio);
                }
                if (size > most) {
                    throw new GzipFault(Kind.TooLarge);
                }
                crc.update(buffer, 0, length);
                sink.take(buffer, length);
            } else if (inflater.finished()) {
                part = Part.Trailer;
                return piece.length - inflater.getRemaining();
            } else if (inflater.needsInput()) {
                return piece.length;
            } else {
                // it asks for a dictionary, which gzip has none of
                throw new GzipFault(Kind.Syntax);
            }
        }
    }

    private int inflate() throws GzipFault {
        try {
            return inflater.inflate(buffer);
        } catch (DataFormatException e) {
            throw new GzipFault(Kind.Syntax);
        }
    }

    private void trailer(int value) throws GzipFault {
        trailer |= (long) value << 8 * ofTrailer;
        if (++ofTrailer == TRAILER) {
            if (trailer != (crc.getValue() | size << Integer.SIZE)) {
                throw new GzipFault(Kind.Checksum);
            }
            part = Part.End;
        }
    }

    private static boolean isBeyondRatio(long content, long compressed) {
        return content > FREE && content > compressed * MOST_RATIO;
    }
}
