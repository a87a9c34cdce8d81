package dev.redoubt.profiles;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Messages of Protocol Buffers, as far as a profile needs them. A message is looked at as if it was JSON: fields by
 * their names, repeated ones as arrays, maps as objects.
 *
 * <p>A type may have another shape where one of its numbers has a certain value, as where it tells what its bytes are.
 * That shape stands beside it under the name {@code Type member=value}.
 *
 * @param types fields by number, by name of the message
 */
public record Schema(Map<String, Map<Integer, SchemaField>> types) {
    /** A schema without any message. */
    public static final Schema NONE = new Schema(Map.of());

    public Schema {
        Map<String, Map<Integer, SchemaField>> copy = new LinkedHashMap<>();
        types.forEach((name, fields) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(fields))));
        types = Collections.unmodifiableMap(copy);
    }
}
