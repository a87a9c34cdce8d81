package dev.redoubt.sidecar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * One line of JSON, written member by member: a general generator takes several times as long, and an audit line is written
 * for every request. Names of members are of plain ASCII.
 */
final class JsonLine {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int LONGEST_NUMBER = 20;
    private static final int NANOS_DIGITS = 9;

    /** The time of the line before, which had the same second as a rule. */
    private static volatile Second last = new Second(Long.MIN_VALUE, NULL);

    private byte[] bytes = new byte[1024];
    private int size;
    private boolean comma;

    private record Second(long epoch, byte[] text) {
        static Second of(long epoch) {
            String text = Instant.ofEpochSecond(epoch)
                            .atOffset(ZoneOffset.UTC)
                            .toLocalDateTime()
                            .withNano(0) + "";
            // a minute that begins is written without its seconds
            return new Second(epoch, ascii(text.length() == "2000-01-01T00:00".length() ? text + ":00" : text));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    JsonLine begin(char bracket) {
        room(1);
        bytes[size++] = (byte) bracket;
        comma = false;
        return this;
    }

    JsonLine end(char bracket) {
        room(1);
        bytes[size++] = (byte) bracket;
        comma = true;
        return this;
    }

    /** The name of the member that comes next. */
    JsonLine name(String name) {
        separate();
        room(name.length() + 3);
        bytes[size++] = '"';
        for (int i = 0; i < name.length(); i++) {
            bytes[size++] = (byte) name.charAt(i);
        }
        bytes[size++] = '"';
        bytes[size++] = ':';
        comma = false;
        return this;
    }

    /** Any text, or {@code null}. */
    JsonLine text(String text) {
        separate();
        if (text == null) {
            append(NULL);
            return this;
        }
        room(text.length() + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i = others(text, i);
            } else {
                room(8);
                if (c < ' ') {
                    append(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]});
                } else {
                    if (c == '"' || c == '\\') {
                        bytes[size++] = '\\';
                    }
                    bytes[size++] = (byte) c;
                }
            }
        }
        room(1);
        bytes[size++] = '"';
        return this;
    }

    /** Appends what is not ASCII from a place on; returns the last place of it. */
    private int others(String text, int from) {
        int to = from + 1;
        while (to < text.length() && text.charAt(to) >= 0x80) {
            to++;
        }
        append(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
        return to - 1;
    }

    JsonLine bool(boolean value) {
        separate();
        append(value ? TRUE : FALSE);
        return this;
    }

    JsonLine nothing() {
        separate();
        append(NULL);
        return this;
    }

    JsonLine number(long value) {
        separate();
        room(LONGEST_NUMBER);
        digits(value, 1);
        return this;
    }

    /** A time as {@link Instant#toString} writes it. */
    JsonLine time(Instant time) {
        separate();
        Second second = last;
        if (second.epoch() != time.getEpochSecond()) {
            second = Second.of(time.getEpochSecond());
            last = second;
        }
        room(second.text().length + LONGEST_NUMBER);
        bytes[size++] = '"';
        append(second.text());
        int fraction = time.getNano();
        if (fraction > 0) {
            int places = NANOS_DIGITS;
            while (places > 3 && fraction % 1000 == 0) {
                fraction /= 1000;
                places -= 3;
            }
            bytes[size++] = '.';
            digits(fraction, places);
        }
        bytes[size++] = 'Z';
        bytes[size++] = '"';
        return this;
    }

    /** @param least digits at least */
    private void digits(long value, int least) {
        if (value < 0) {
            append(ascii(Long.toString(value)));
            return;
        }
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        size += Math.max(count, least);
        long rest = value;
        for (int i = 1; i <= Math.max(count, least); i++) {
            bytes[size - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private void separate() {
        if (comma) {
            room(1);
            bytes[size++] = ',';
        }
        comma = true;
    }

    private void append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }
}
