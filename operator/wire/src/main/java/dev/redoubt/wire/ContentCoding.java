package dev.redoubt.wire;

import dev.redoubt.wire.gzip.GzipDecoder;
import dev.redoubt.wire.gzip.GzipFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The content codings (RFC 9110, section 8.4) that the guard reads. What it sends on has none. */
public enum ContentCoding {
    Identity,
    Gzip;

    /**
     * The coding of a message.
     *
     * @param values of its {@code Content-Encoding} fields
     * @return empty for one that is not read, such as two codings on top of each other
     */
    public static Optional<ContentCoding> of(List<String> values) {
        boolean identity = true;
        for (String value : values) {
            identity &= "identity".equalsIgnoreCase(value);
        }
        if (identity) {
            return Optional.of(Identity);
        }
        boolean gzip = values.size() == 1
                && switch (values.get(0).toLowerCase(Locale.ROOT)) {
                    case "gzip", "x-gzip" -> true;
                    default -> false;
                };
        return gzip ? Optional.of(Gzip) : Optional.empty();
    }

    /**
     * How much room decoding needs beside the body itself, in bytes. Of a body that cannot be decoded, none.
     *
     * @param body all of it
     */
    public long room(byte[] body) {
        return this == Identity ? 0 : Math.max(0, GzipDecoder.announcedSize(body));
    }

    /** How many bytes decoding and reading a body may go through. */
    public long work(int length) {
        return this == Identity ? length : (long) length * GzipDecoder.MOST_RATIO;
    }

    /**
     * Decodes a body.
     *
     * @param most the largest content in bytes
     * @throws GzipFault where it cannot be decoded, or the content is larger
     */
    byte[] decode(byte[] body, int most) throws GzipFault {
        return this == Identity || body.length == 0 ? body : GzipDecoder.decode(body, most);
    }
}
