package dev.redoubt.profiles;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A query parameter that a request may have. In a profile it is its name alone where it is no more than that.
 *
 * @param name the parameter
 * @param role what its value is: {@link Role#Text}, {@link Role#Limit}, {@link Role#Offset}, {@link Role#Breadth} or
 *     {@link Role#Pass}, which is a value of plain words, numbers and commas; {@code null} for that
 * @param fallback for {@link Role#Limit}: what the server takes where neither this parameter nor a body is there;
 *     {@code null} where it has no default
 * @param pattern what its value must match as a whole; {@code null} for anything
 */
public record QueryParameter(String name, Role role, Integer fallback, Pattern pattern) {
    public QueryParameter {
        Objects.requireNonNull(name, "name");
        role = role == null ? Role.Pass : role;
        switch (role) {
            case Text, Limit, Offset, Breadth, Pass -> {}
            default -> throw new IllegalArgumentException("a query parameter cannot be a " + role + ": " + name);
        }
    }

    /** One that is no more than its name. */
    public QueryParameter(String name) {
        this(name, null, null, null);
    }
}
