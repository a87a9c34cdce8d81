package dev.redoubt.wire.path;

import dev.redoubt.wire.json.NameHash;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

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
