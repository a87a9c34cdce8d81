package dev.redoubt.wire;

import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Route.Elevation;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathPattern;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The conditions of a route under which a request is another operation. The first that holds decides. */
final class Elevations {
    private Elevations() {}

    /** The paths that conditions are about, in their order: the marks of a walk. */
    static List<PathPattern> paths(List<Elevation> elevations) {
        return elevations.stream()
                .map(Elevation::path)
                .filter(Objects::nonNull)
                .map(PathPattern::parse)
                .toList();
    }

    /**
     * The first condition that holds; as many as there are where none does.
     *
     * @param hits what was found in the body; {@code null} where there is none
     * @param parameters names of the query parameters
     */
    static int first(List<Elevation> elevations, Hits hits, Set<String> parameters) {
        int mark = 0;
        for (int i = 0; i < elevations.size(); i++) {
            Elevation elevation = elevations.get(i);
            if (elevation.parameter() != null) {
                if (parameters.contains(elevation.parameter())) {
                    return i;
                }
            } else if (elevation.holds(hits != null && hits.present(mark++))) {
                return i;
            }
        }
        return elevations.size();
    }

    /** What a request is under the condition of that number. */
    static List<Operation> operations(Route route, int condition) {
        return condition < route.elevations().size()
                ? List.of(route.elevations().get(condition).operation())
                : route.operations();
    }
}
