package dev.redoubt.profiles;

import java.util.List;
import java.util.Objects;

/**
 * One thing that a target can be asked. A request that matches no route is refused.
 *
 * @param name unique in the profile; what audit and metrics call it
 * @param method HTTP method
 * @param path path template: literal segments and {@code {variables}}, never a prefix
 * @param query names of query parameters that may be there; another one refuses the request
 * @param streaming whether it is a call of gRPC with any number of messages each way
 * @param operations the operations that this route is; a client that is allowed any of them may use it
 * @param elevations conditions under which the request is another operation
 * @param request shape of the request body
 * @param response shape of a successful response body
 * @param stream shape of a streamed response's events; {@code null} where the route does not stream
 * @param tellsScores whether the answer is about nothing but scores: the route is refused where the policy drops them
 * @param tenant how clients that are confined to a tenant are kept to its records; {@code null} where they cannot be,
 *     and then the route is refused to them
 */
public record Route(
        String name,
        String method,
        String path,
        List<String> query,
        boolean streaming,
        List<Operation> operations,
        List<Elevation> elevations,
        MessageSpec request,
        MessageSpec response,
        MessageSpec stream,
        boolean tellsScores,
        TenantRule tenant) {
    public Route {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        query = query == null ? List.of() : List.copyOf(query);
        operations = List.copyOf(operations);
        elevations = elevations == null ? List.of() : List.copyOf(elevations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("route " + name + " has no operation");
        }
    }

    /** A route about more than scores, which confines nobody. */
    public Route(
            String name,
            String method,
            String path,
            List<String> query,
            boolean streaming,
            List<Operation> operations,
            List<Elevation> elevations,
            MessageSpec request,
            MessageSpec response,
            MessageSpec stream) {
        this(name, method, path, query, streaming, operations, elevations, request, response, stream, false, null);
    }

    /**
     * A condition on the request body under which the route is another, usually more dangerous, operation.
     *
     * @param absent path of a value; the condition holds where it is absent, null or an empty array; {@code null} where
     *     {@code present} is given
     * @param present path of a value; the condition holds where it is there; {@code null} where {@code absent} is given
     * @param operation what the request then is
     */
    public record Elevation(String absent, String present, Operation operation) {
        public Elevation {
            Objects.requireNonNull(operation, "operation");
            if ((absent == null) == (present == null)) {
                throw new IllegalArgumentException("a condition is about what is absent or what is present");
            }
        }

        /** The path that it is about. */
        public String path() {
            return absent == null ? present : absent;
        }

        /** Whether it holds where the value is there, or is not. */
        public boolean holds(boolean isPresent) {
            return isPresent == (present != null);
        }
    }
}
