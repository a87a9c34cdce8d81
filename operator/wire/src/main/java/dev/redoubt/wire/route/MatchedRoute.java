package dev.redoubt.wire.route;

import dev.redoubt.profiles.Route;
import java.util.Map;
import java.util.Objects;

/**
 * A route that a request has met.
 *
 * @param route the route
 * @param variables decoded values of the path's variables
 * @param parameters decoded values of the query's parameters
 */
public record MatchedRoute(Route route, Map<String, String> variables, Map<String, String> parameters) {
    public MatchedRoute {
        Objects.requireNonNull(route, "route");
        variables = Map.copyOf(variables);
        parameters = Map.copyOf(parameters);
    }
}
