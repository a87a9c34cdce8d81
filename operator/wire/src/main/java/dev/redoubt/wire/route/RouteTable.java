package dev.redoubt.wire.route;

import dev.redoubt.profiles.QueryParameter;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import java.util.HashMap;
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
            if (node.byMethod.put(route.method(), Leaf.of(route)) != null) {
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
        Leaf leaf = root.find(method, parsed.segments(), 0, values);
        if (leaf == null) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            String name = leaf.variables()[i];
            if (name != null) {
                Pattern pattern = patterns.get(name);
                if (pattern != null && !pattern.matcher(values[i]).matches()) {
                    return Optional.empty();
                }
                variables.put(name, values[i]);
            }
        }
        check(leaf.route(), parsed.parameters());
        return Optional.of(new MatchedRoute(leaf.route(), variables, parsed.parameters()));
    }

    /**
     * Where a template ends.
     *
     * @param variables by segment: the name of the variable that stands there, {@code null} for a literal
     */
    private record Leaf(Route route, String[] variables) {
        static Leaf of(Route route) {
            String[] names = segments(route);
            for (int i = 0; i < names.length; i++) {
                names[i] = isVariable(names[i]) ? names[i].substring(1, names[i].length() - 1) : null;
            }
            return new Leaf(route, names);
        }
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
        private final Map<String, Leaf> byMethod = new HashMap<>();
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

        private Leaf find(String method, List<RequestTarget.Segment> segments, int at, String[] values) {
            if (at == segments.size()) {
                return byMethod.get(method);
            }
            RequestTarget.Segment segment = segments.get(at);
            // a literal must stand there as it is: its encoded form is for somebody who wants to be misunderstood
            Node literal = literals.get(segment.raw());
            Leaf leaf = literal == null ? null : literal.find(method, segments, at + 1, values);
            if (leaf == null && variable != null) {
                values[at] = segment.decoded();
                leaf = variable.find(method, segments, at + 1, values);
            }
            return leaf;
        }
    }
}
