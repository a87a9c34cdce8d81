package dev.redoubt.redact;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/** A text after edits, which knows where its bytes came from. */
final class Rewritten implements Edits {
    private final byte[] text;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    /** By where it begins in the result. */
    private final TreeMap<Integer, Replaced> replaced = new TreeMap<>();

    private int at;

    Rewritten(byte[] text) {
        this.text = text;
    }

    /**
     * Bytes that stand in place of others.
     *
     * @param end where they end in the result
     * @param from where that begins in the text what they stand for
     * @param to where that ends
     */
    private record Replaced(int end, int from, int to) {}

    @Override
    public void keep(int bytes) {
        out.write(text, at, bytes);
        at += bytes;
    }

    @Override
    public void replace(int bytes, byte[] by) {
        replaced.put(out.size(), new Replaced(out.size() + by.length, at, at + bytes));
        out.writeBytes(by);
        at += bytes;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** A finding of the result, by the bytes of the text that it was made of. */
    Finding origin(Finding finding) {
        return new Finding(
                finding.entity(), origin(finding.start()).from, origin(finding.end() - 1).to, finding.action());
    }

    private Replaced origin(int place) {
        Map.Entry<Integer, Replaced> nearest = replaced.floorEntry(place);
        if (nearest == null) {
            return new Replaced(place + 1, place, place + 1);
        }
        Replaced before = nearest.getValue();
        int from = place - before.end + before.to;
        return place < before.end ? before : new Replaced(place + 1, from, from + 1);
    }
}
