package dev.redoubt.wire.path;

import dev.redoubt.wire.json.NameHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Names of record fields, asked for by their {@link NameHash}. There are few, so they are searched linearly. */
public final class FieldSet {
    /** No field. */
    public static final FieldSet NONE = new FieldSet(List.of());

    private final long[] hashes;
    private final byte[][] names;

    public FieldSet(Collection<String> fields) {
        this.hashes = fields.stream().mapToLong(NameHash::of).toArray();
        this.names = fields.stream()
                .map(field -> field.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    public boolean contains(long hash) {
        return name(hash) != null;
    }

    public boolean isEmpty() {
        return hashes.length == 0;
    }

    /**
     * Which field of the set is the first of a name's parts, for in many stores {@code a.b} is the member b of a.
     *
     * @param name UTF-8
     * @return the field's hash, 0 for none
     */
    public long part(byte[] name) {
        for (String part : new String(name, StandardCharsets.UTF_8).split("\\.")) {
            long hash = NameHash.of(part);
            if (contains(hash)) {
                return hash;
            }
        }
        return 0;
    }

    /**
     * Which field of the set a path to a payload field ends with: all of it, or its last part without brackets and quotes,
     * for the innermost member is the field.
     *
     * @param path UTF-8
     * @return the field's hash, 0 for none
     */
    public long last(byte[] path) {
        long whole = NameHash.of(path, 0, path.length);
        if (contains(whole)) {
            return whole;
        }
        String name = new String(path, StandardCharsets.UTF_8).replaceAll("\\[[^\\]]*]", "");
        String last = name.endsWith("\"") && name.length() > 1
                ? name.substring(name.lastIndexOf('"', name.length() - 2) + 1, name.length() - 1)
                : name.substring(name.lastIndexOf('.') + 1);
        long hash = NameHash.of(last);
        return contains(hash) ? hash : 0;
    }

    /** All the fields of two sets. */
    public FieldSet and(FieldSet other) {
        List<String> all = new ArrayList<>();
        Stream.of(names, other.names)
                .flatMap(Stream::of)
                .forEach(name -> all.add(new String(name, StandardCharsets.UTF_8)));
        return new FieldSet(all);
    }

    /** The names, UTF-8. */
    public List<byte[]> names() {
        return List.of(names);
    }

    /** UTF-8 of the field's name, {@code null} where the set does not hold it. */
    public byte[] name(long hash) {
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash) {
                return names[i];
            }
        }
        return null;
    }
}
