package dev.redoubt.wire.route;

import dev.redoubt.profiles.QueryParameter;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the route that a request meets. What two parsers may read differently is no route: encoded literals, dot
 * segments, empty segments, encoded slashes, unknown or repeated query parameters.
 */
public final class RouteTable {
    private final Node root = new Node();
    private final Map<String, Pattern> patterns;

    /** Builds the table of routes whose variables may be anything. */
    public RouteTable(List<Route> routes) {
        this(routes, Map.of());
    }

    /**
     * Builds the table of a profile's routes. A literal segment is preferred to a variable.
     *
     * @param patterns what the values of variables must match as a whole, by name
     */
    public RouteTable(List<Route> routes, Map<String, Pattern> patterns) {
        this.patterns = patterns;
        for (Route route : routes) {
            Node node = root;
            for (String segment : segments(route)) {
                node = isVariable(segment) ? node.variable() : node.literal(segment);
            }
            if (node.byMethod.put(route.method(), route) != null) {
                throw new IllegalArgumentException("route " + route.name() + " answers what another one does");
            }
        }
    }

    /**
     * Finds a route.
     *
     * @param method as it stands in the request line; case matters
     * @param target as it stands in the request line: path, and query where there is one, both still encoded
     * @throws MalformedTargetException where the target is none that a plain client would send
     * @return empty where no route is met, which refuses the request
     */
    public Optional<MatchedRoute> match(String method, String target) throws MalformedTargetException {
        RequestTarget parsed = RequestTarget.parse(target);
        String[] values = new String[parsed.segments().size()];
        Route route = root.find(method, parsed.segments(), 0, values);
        if (route == null) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        String[] template = segments(route);
        for (int i = 0; i < template.length; i++) {
            if (isVariable(template[i])) {
                variables.put(template[i].substring(1, template[i].length() - 1), values[i]);
            }
        }
        boolean fits = patterns.entrySet().stream()
                .allMatch(each -> !variables.containsKey(each.getKey())
                        || each.getValue().matcher(variables.get(each.getKey())).matches());
        if (!fits) {
            return Optional.empty();
        }
        check(route, parsed.parameters());
        return Optional.of(new MatchedRoute(route, variables, parsed.parameters()));
    }

    /** The segments of a route's path. */
    private static String[] segments(Route route) {
        return route.path().substring(1).split("/", -1);
    }

    /** Every parameter is one of the route, and of plain words where it is no text. */
    private static void check(Route route, Map<String, String> parameters) throws MalformedTargetException {
        int known = 0;
        for (QueryParameter parameter : route.query()) {
            String value = parameters.get(parameter.name());
            known += value == null ? 0 : 1;
            if (value != null && parameter.role() != Role.Text && !QueryString.isPlain(value)) {
                throw new MalformedTargetException("a query parameter's value has a character that must not be there");
            }
        }
        if (known < parameters.size()) {
            throw new MalformedTargetException("a query parameter is not one of the route");
        }
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    /** A step in the tree of templates. */
    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Route> byMethod = new HashMap<>();
        private Node variable;

        private Node literal(String segment) {
            return literals.computeIfAbsent(segment, any -> new Node());
        }

        private Node variable() {
            if (variable == null) {
                variable = new Node();
            }
            return variable;
        }

        private Route find(String method, List<RequestTarget.Segment> segments, int at, String[] values) {
            if (at == segments.size()) {
                return byMethod.get(method);
            }
            RequestTarget.Segment segment = segments.get(at);
            // a literal must stand there as it is: its encoded form is for somebody who wants to be misunderstood
            Node literal = literals.get(segment.raw());
            Route route = literal == null ? null : literal.find(method, segments, at + 1, values);
            if (route == null && variable != null) {
                values[at] = segment.decoded();
                route = variable.find(method, segments, at + 1, values);
            }
            return route;
        }
    }
}
