package dev.redoubt.wire;

import dev.redoubt.profiles.Operation;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Draft;
import java.util.List;
import java.util.Map;

/** A request that was read and to which nothing was done yet. */
public final class RequestReading {
    private final RouteGuard guard;
    private final Map<String, String> parameters;
    private final byte[] body;
    private final Draft draft;
    private final Refusal fault;
    private final List<Operation> operations;

    private RequestReading(
            RouteGuard guard,
            Map<String, String> parameters,
            byte[] body,
            Draft draft,
            Refusal fault,
            List<Operation> operations) {
        this.guard = guard;
        this.parameters = parameters;
        this.body = body;
        this.draft = draft;
        this.fault = fault;
        this.operations = operations;
    }

    /** @param draft what was found in the body; {@code null} where there is none */
    static RequestReading of(RouteGuard guard, Map<String, String> parameters, byte[] body, Draft draft) {
        int condition =
                Elevations.first(guard.route().elevations(), draft == null ? null : draft.hits(), parameters.keySet());
        List<Operation> operations = draft != null && guard.isFar(draft)
                ? List.of(Operation.Export)
                : Elevations.operations(guard.route(), condition);
        return new RequestReading(guard, parameters, body, draft, null, operations);
    }

    static RequestReading failed(RouteGuard guard, Map<String, String> parameters, byte[] body, Refusal fault) {
        return new RequestReading(
                guard, parameters, body, null, fault, guard.route().operations());
    }

    /**
     * Reads a body of lines as far as its operation depends on them: a condition holds where it holds for any line.
     *
     * @throws MessageFault where a line cannot be read
     * @throws RefusedException where it is none that may stand there
     */
    static RequestReading ofLines(RouteGuard guard, Map<String, String> parameters, byte[] body, LineReading lines)
            throws MessageFault, RefusedException {
        int first = guard.route().elevations().size();
        while (first > 0 && lines.next()) {
            if (!lines.isHead()) {
                first = Math.min(
                        first,
                        Elevations.first(
                                guard.route().elevations(), lines.draft().hits(), parameters.keySet()));
            }
        }
        return new RequestReading(guard, parameters, body, null, null, Elevations.operations(guard.route(), first));
    }

    /**
     * What the request is. A client that is allowed any of these may send it. Where a condition of the route makes
     * it another operation, that alone is in the list; a body that cannot be read has the route's own.
     */
    public List<Operation> operations() {
        return operations;
    }

    /**
     * Checks and edits the query of the request's target. The body of what goes on is the query, empty where there is
     * none.
     */
    public Outcome query(MessageContext context) {
        return guard.applyQuery(parameters, body.length > 0, isBulk(), context);
    }

    /**
     * What is known of the answer beside what is known of the request: the collection, where the request names one, and
     * the names that it gives to members.
     */
    public MessageContext answered(MessageContext context) {
        return draft == null ? context : context.answered(guard.place(draft, context.place()), draft.aliases());
    }

    /** Checks and edits the request's body. The client's right to its operation is for the caller to check. */
    public Outcome apply(MessageContext context) {
        Refusal objection = fault == null ? guard.objection(context) : fault;
        if (objection != null) {
            return guard.refused(body, objection);
        }
        if (draft != null) {
            return guard.apply(draft, isBulk(), context);
        }
        return body.length == 0 ? guard.applyNothing(context) : guard.applyLines(body, isBulk(), context);
    }

    private boolean isBulk() {
        return operations.equals(List.of(Operation.Export));
    }
}
