package dev.redoubt.profiles;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One thing that a target can be asked. A request that matches no route is refused.
 *
 * @param name unique in the profile; what audit and metrics call it
 * @param method HTTP method
 * @param path path template: literal segments and {@code {variables}}, never a prefix
 * @param query query parameters that may be there; another one refuses the request
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
        List<QueryParameter> query,
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
            List<QueryParameter> query,
            boolean streaming,
            List<Operation> operations,
            List<Elevation> elevations,
            MessageSpec request,
            MessageSpec response,
            MessageSpec stream) {
        this(name, method, path, query, streaming, operations, elevations, request, response, stream, false, null);
    }

    /**
     * A condition under which the request is another, usually more dangerous, operation; one of the three.
     *
     * @param absent path of a value in the body; the condition holds where it is absent, null or an empty array
     * @param present path of a value in the body; the condition holds where it is neither absent, null, an object nor an
     *     empty array
     * @param parameter name of a query parameter; the condition holds where it is there
     * @param operation what the request then is
     */
    public record Elevation(String absent, String present, String parameter, Operation operation) {
        public Elevation {
            if (Stream.of(absent, present, parameter).filter(Objects::nonNull).count() != 1) {
                throw new IllegalArgumentException("an elevation needs one condition");
            }
            Objects.requireNonNull(operation, "operation");
        }

        /** The path that it is about; {@code null} where it is about a parameter. */
        public String path() {
            return absent == null ? present : absent;
        }

        /** Whether it holds where the value is there, or is not. */
        public boolean holds(boolean isPresent) {
            return isPresent == (present != null);
        }
    }
}
