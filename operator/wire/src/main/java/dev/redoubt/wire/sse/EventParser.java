package dev.redoubt.wire.sse;

import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.frame.FrameParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads server-sent events (HTML standard, section 9.2.6) from pieces that are cut anywhere. Memory is bounded by the
 * largest event. The fields {@code id} and {@code retry} and unknown ones are read and not kept.
 */
public final class EventParser implements FrameParser {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LONGEST_NAME = 64;

    private byte[] line = new byte[1024];
    private int length;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean hasData;
    private String name;
    private boolean started;
    private boolean afterReturn;

    /**
     * {@inheritDoc}
     *
     * @throws FrameFault also where the name of an event is not a plain word
     */
    @Override
    public List<ServerEvent> append(byte[] piece) throws FrameFault {
        List<ServerEvent> events = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < piece.length; i++) {
            byte c = piece[i];
            if (c != '\n' && c != '\r') {
                afterReturn = false;
                continue;
            }
            keep(piece, from, i);
            from = i + 1;
            if (c == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = c == '\r';
            line(events);
        }
        keep(piece, from, piece.length);
        return events;
    }

    @Override
    public List<ServerEvent> finish() throws FrameFault {
        List<ServerEvent> events = new ArrayList<>();
        if (length > 0) {
            line(events);
        }
        dispatch(events);
        return events;
    }

    private void keep(byte[] piece, int from, int to) throws FrameFault {
        int more = to - from;
        if (length + more + data.size() > LARGEST) {
            throw new FrameFault("an event is too large");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, line.length * 2));
        }
        System.arraycopy(piece, from, line, length, more);
        length += more;
    }

    private void line(List<ServerEvent> events) throws FrameFault {
        int from = 0;
        if (!started) {
            started = true;
            if (length >= BYTE_ORDER_MARK.length && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
                from = BYTE_ORDER_MARK.length;
            }
        }
        int end = length;
        length = 0;
        if (from == end) {
            dispatch(events);
        } else if (line[from] == ':') {
            events.add(ServerEvent.COMMENT);
        } else {
            field(from, end);
        }
    }

    private void field(int from, int end) throws FrameFault {
        int colon = from;
        while (colon < end && line[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, end);
        if (value < end && line[value] == ' ') {
            value++;
        }
        String field = new String(line, from, colon - from, StandardCharsets.ISO_8859_1);
        if (field.equals("data")) {
            if (hasData) {
                data.write('\n');
            }
            hasData = true;
            data.write(line, value, end - value);
        } else if (field.equals("event")) {
            name = name(value, end);
        }
    }

    private String name(int from, int end) throws FrameFault {
        boolean plain = end - from <= LONGEST_NAME;
        for (int i = from; plain && i < end; i++) {
            byte c = line[i];
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            plain = word || c == '.' || c == '_' || c == '-';
        }
        if (!plain) {
            throw new FrameFault("an event's name is not a plain word");
        }
        return from == end ? null : new String(line, from, end - from, StandardCharsets.US_ASCII);
    }

    private void dispatch(List<ServerEvent> events) {
        if (hasData) {
            events.add(new ServerEvent(name, data.toByteArray()));
            data.reset();
        }
        hasData = false;
        name = null;
    }
}
