package dev.redoubt.wire;

import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Route.Elevation;
import dev.redoubt.wire.path.Hits;
import java.util.List;

/** A request that was read and to which nothing was done yet. */
public final class RequestReading {
    private final RouteGuard guard;
    private final byte[] body;
    private final Hits hits;
    private final Refusal fault;
    private final List<Operation> operations;

    private RequestReading(RouteGuard guard, byte[] body, Hits hits, Refusal fault) {
        this.guard = guard;
        this.body = body;
        this.hits = hits;
        this.fault = fault;
        this.operations = operations(guard, hits);
    }

    static RequestReading of(RouteGuard guard, byte[] body, Hits hits) {
        return new RequestReading(guard, body, hits, null);
    }

    static RequestReading empty(RouteGuard guard, byte[] body) {
        return new RequestReading(guard, body, null, null);
    }

    static RequestReading failed(RouteGuard guard, byte[] body, Refusal fault) {
        return new RequestReading(guard, body, null, fault);
    }

    byte[] body() {
        return body;
    }

    /**
     * What the request is. A client that is allowed any of these may send it. Where a condition of the route makes
     * it another operation, that alone is in the list; a body that cannot be read has the route's own.
     */
    public List<Operation> operations() {
        return operations;
    }

    private static List<Operation> operations(RouteGuard guard, Hits hits) {
        List<Elevation> elevations = guard.route().elevations();
        for (int i = 0; hits != null && i < elevations.size(); i++) {
            if (!hits.present(i)) {
                return List.of(elevations.get(i).operation());
            }
        }
        return guard.route().operations();
    }

    /** Checks and edits the request. The client's right to its operation is for the caller to check. */
    public Outcome apply(MessageContext context) {
        if (fault != null) {
            return guard.refused(body, fault);
        }
        if (hits == null) {
            return new Outcome.Forward(body, Report.EMPTY);
        }
        boolean bulk = operations.equals(List.of(Operation.Export));
        return guard.apply(this, hits, bulk, context);
    }
}
