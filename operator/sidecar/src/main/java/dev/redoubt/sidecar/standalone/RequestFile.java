package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.spec.Place;
import dev.redoubt.policy.spec.SpecException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 request as people write it down: request line, header fields, an empty line, the body. Lines may end as the
 * editor ends them. {@code Content-Length} is not taken from the file, because an editor may have changed the body.
 *
 * @param head request line, header fields and the empty line, with CRLF and the length that the body has
 * @param body all of it
 */
record RequestFile(byte[] head, byte[] body) {
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/\\d\\.\\d");
    private static final Pattern FIELD = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+:.*");

    /**
     * Reads a file.
     *
     * @param source its name, for messages
     * @throws SpecException where it is no such request; none of it is repeated
     */
    static RequestFile parse(String source, byte[] bytes) throws SpecException {
        StringBuilder head = new StringBuilder();
        int at = 0;
        int line = 0;
        boolean ended = false;
        while (at < bytes.length && !ended) {
            int feed = at;
            while (feed < bytes.length && bytes[feed] != '\n') {
                feed++;
            }
            int end = feed > at && bytes[feed - 1] == '\r' ? feed - 1 : feed;
            String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
            at = Math.min(feed + 1, bytes.length);
            line++;
            ended = text.isEmpty();
            if (!ended && isKept(new Place(source, line, 1), text)) {
                head.append(text).append("\r\n");
            }
        }
        if (head.isEmpty()) {
            throw new SpecException(new Place(source, 1, 1), "a request line is expected, such as GET /path HTTP/1.1");
        }
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        byte[] body = new String(rest, StandardCharsets.ISO_8859_1).isBlank() ? new byte[0] : rest;
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return new RequestFile(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), body);
    }

    private static boolean isKept(Place place, String text) throws SpecException {
        if (place.line() == 1) {
            if (!REQUEST_LINE.matcher(text).matches()) {
                throw new SpecException(place, "a request line is expected, such as GET /path HTTP/1.1");
            }
            return true;
        }
        if (!FIELD.matcher(text).matches()) {
            throw new SpecException(place, "a header field or an empty line is expected, such as Host: chroma:8000");
        }
        String name = text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT);
        if (name.equals("transfer-encoding")) {
            throw new SpecException(place, "write the body as it is, without Transfer-Encoding");
        }
        return !name.equals("content-length");
    }
}
