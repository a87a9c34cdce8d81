package dev.redoubt.wire.path;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Changes vectors in a JSON value that was checked before: every list that holds numbers and nothing else, in lists and
 * objects of such. A sparse vector, whose numbers are places, is none, and neither is anything but lists and objects.
 */
final class JsonVectors {
    private static final byte[] INDICES = "\"indices\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] in;
    private final int end;
    private final UnaryOperator<float[]> change;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private JsonVectors(byte[] in, int start, int end, UnaryOperator<float[]> change) {
        this.in = in;
        this.at = start;
        this.end = end;
        this.change = change;
    }

    static byte[] change(byte[] in, int start, int end, UnaryOperator<float[]> change) throws UnfitVectorException {
        JsonVectors vectors = new JsonVectors(in, start, end, change);
        vectors.value();
        return vectors.out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void value() throws UnfitVectorException {
        space();
        switch (in[at]) {
            case '[' -> list();
            case '{' -> object();
            case 'n' -> copy("null".length());
            default -> throw new UnfitVectorException();
        }
    }

    private void list() throws UnfitVectorException {
        int first = at + 1;
        while (in[first] <= ' ') {
            first++;
        }
        if (in[first] == '-' || in[first] >= '0' && in[first] <= '9') {
            numbers(first);
            return;
        }
        copy(1);
        space();
        while (in[at] != ']') {
            value();
            space();
            if (in[at] == ',') {
                copy(1);
            }
        }
        copy(1);
    }

    private void object() throws UnfitVectorException {
        copy(1);
        space();
        while (in[at] != '}') {
            int close = at + 1;
            while (in[close] != '"') {
                // an escaped name is for somebody who wants to be misread
                if (in[close] == '\\') {
                    throw new UnfitVectorException();
                }
                close++;
            }
            if (Arrays.equals(in, at, close + 1, INDICES, 0, INDICES.length)) {
                throw new UnfitVectorException();
            }
            copy(close + 1 - at);
            space();
            copy(1);
            value();
            space();
            if (in[at] == ',') {
                copy(1);
                space();
            }
        }
        copy(1);
    }

    private void numbers(int first) throws UnfitVectorException {
        float[] vector = new float[16];
        int count = 0;
        int p = first;
        while (in[p] != ']') {
            int from = p;
            while (in[p] > ' ' && in[p] != ',' && in[p] != ']') {
                p++;
            }
            if (count == vector.length) {
                vector = Arrays.copyOf(vector, count * 2);
            }
            vector[count++] = number(from, p);
            while (in[p] <= ' ' || in[p] == ',') {
                p++;
            }
        }
        at = p + 1;
        char before = '[';
        for (float component : FloatBytes.changed(Arrays.copyOf(vector, count), change)) {
            out.append(before).append(component);
            before = ',';
        }
        out.append(']');
    }

    private float number(int from, int to) throws UnfitVectorException {
        try {
            return Float.parseFloat(new String(in, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw new UnfitVectorException();
        }
    }

    private void space() {
        while (at < end && in[at] <= ' ' && in[at] >= 0) {
            at++;
        }
    }

    private void copy(int length) {
        out.append(new String(in, at, length, StandardCharsets.ISO_8859_1));
        at += length;
    }
}
