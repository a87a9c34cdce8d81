package dev.redoubt.wire;

import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Route.Elevation;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.ndjson.Lines;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import java.util.List;

/** A request that was read and to which nothing was done yet. */
public final class RequestReading {
    private final RouteGuard guard;
    private final byte[] body;
    private final Draft draft;
    private final Refusal fault;
    private final List<Operation> operations;

    private RequestReading(RouteGuard guard, byte[] body, Draft draft, Refusal fault, List<Operation> operations) {
        this.guard = guard;
        this.body = body;
        this.draft = draft;
        this.fault = fault;
        this.operations = operations;
    }

    static RequestReading of(RouteGuard guard, byte[] body, Draft draft) {
        List<Operation> operations =
                guard.isFar(draft) ? List.of(Operation.Export) : operations(guard, elevation(guard, draft.hits()));
        return new RequestReading(guard, body, draft, null, operations);
    }

    static RequestReading empty(RouteGuard guard, byte[] body) {
        return new RequestReading(guard, body, null, null, guard.route().operations());
    }

    static RequestReading failed(RouteGuard guard, byte[] body, Refusal fault) {
        return new RequestReading(guard, body, null, fault, guard.route().operations());
    }

    /**
     * Reads a body of lines as far as its operation depends on them: a condition holds where it holds for any line.
     *
     * @throws MessageFault where a line cannot be read
     */
    static RequestReading ofLines(RouteGuard guard, byte[] body, MessagePlan plan) throws MessageFault {
        Lines lines = new Lines(body);
        Hits hits = new Hits();
        int first = guard.route().elevations().size();
        while (first > 0 && lines.next()) {
            first = Math.min(
                    first, elevation(guard, plan.read(lines.line(), hits).hits()));
        }
        return new RequestReading(guard, body, null, null, operations(guard, first));
    }

    /**
     * What the request is. A client that is allowed any of these may send it. Where a condition of the route makes
     * it another operation, that alone is in the list; a body that cannot be read has the route's own.
     */
    public List<Operation> operations() {
        return operations;
    }

    /** The first condition that holds; as many as there are where none does. */
    private static int elevation(RouteGuard guard, Hits hits) {
        int first = 0;
        List<Elevation> elevations = guard.route().elevations();
        while (first < elevations.size() && !elevations.get(first).holds(hits.present(first))) {
            first++;
        }
        return first;
    }

    private static List<Operation> operations(RouteGuard guard, int elevation) {
        List<Elevation> elevations = guard.route().elevations();
        return elevation < elevations.size()
                ? List.of(elevations.get(elevation).operation())
                : guard.route().operations();
    }

    /**
     * What is known of the answer beside what is known of the request: the collection, where the request names one, and
     * the names that it gives to members.
     */
    public MessageContext answered(MessageContext context) {
        return draft == null ? context : context.answered(guard.place(draft, context.place()), draft.aliases());
    }

    /** Checks and edits the request. The client's right to its operation is for the caller to check. */
    public Outcome apply(MessageContext context) {
        Refusal objection = fault == null ? guard.objection(context) : fault;
        if (objection != null) {
            return guard.refused(body, objection);
        }
        boolean bulk = operations.equals(List.of(Operation.Export));
        if (draft != null) {
            return guard.apply(draft, bulk, context);
        }
        return body.length == 0 ? new Outcome.Forward(body, Report.EMPTY) : guard.applyLines(body, bulk, context);
    }
}
