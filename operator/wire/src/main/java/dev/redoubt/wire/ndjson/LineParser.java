package dev.redoubt.wire.ndjson;

import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.frame.FrameParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads newline-delimited JSON (NDJSON, JSON lines) from pieces that are cut anywhere. No JSON document holds a raw line
 * feed inside of a string, so the cut is exact. Blank lines lose the white space they are made of.
 */
public final class LineParser implements FrameParser {
    private byte[] line = new byte[1024];
    private int length;

    @Override
    public List<Line> append(byte[] piece) throws FrameFault {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                keep(piece, from, i);
                from = i + 1;
                lines.add(line());
            }
        }
        keep(piece, from, piece.length);
        return lines;
    }

    @Override
    public List<Line> finish() {
        return length == 0 ? List.of() : List.of(line());
    }

    private void keep(byte[] piece, int from, int to) throws FrameFault {
        int more = to - from;
        if (length + more > LARGEST) {
            throw new FrameFault("a line is too large");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, line.length * 2));
        }
        System.arraycopy(piece, from, line, length, more);
        length += more;
    }

    private Line line() {
        int end = length;
        length = 0;
        return Lines.isBlank(line, 0, end) ? Line.BLANK : new Line(Arrays.copyOf(line, end));
    }
}
