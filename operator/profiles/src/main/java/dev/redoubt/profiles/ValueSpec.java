package dev.redoubt.profiles;

import java.util.Objects;

/**
 * One kind of value in a message.
 *
 * @param path where it stands: keys joined by dots, {@code a|b} for either of two, {@code [*]} for any item of an array,
 *     {@code *} for any key, a trailing {@code **} for everything below; a path may name an object or array as a whole
 * @param role what it is
 * @param field name of the record field that it is a value of, {@code *} where the last key of the path is the
 *     name; {@code null} where it belongs to no record
 * @param fallback for {@link Role#Limit}: what the server takes when the value is absent; {@code null} where the
 *     server has no default
 */
public record ValueSpec(String path, Role role, String field, Integer fallback) {
    public ValueSpec {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(role, "role");
    }
}
