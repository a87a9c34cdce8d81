package dev.redoubt.wire.route;

import dev.redoubt.profiles.Route;
import java.util.Map;
import java.util.Objects;

/**
 * A route that a request has met.
 *
 * @param route the route
 * @param variables decoded values of the path's variables
 */
public record MatchedRoute(Route route, Map<String, String> variables) {
    public MatchedRoute {
        Objects.requireNonNull(route, "route");
        variables = Map.copyOf(variables);
    }
}
