package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Route;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Refusal;
import dev.redoubt.wire.RefusalReason;
import dev.redoubt.wire.RouteGuard;
import dev.redoubt.wire.route.MalformedTargetException;
import dev.redoubt.wire.route.MatchedRoute;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a request may be made at all: route, identity, rights, limit, and what its head says of its body. While the
 * policy is only observed, an exchange goes on in spite of an objection, with as much as is known.
 *
 * @param matched the route; {@code null} where there is none
 * @param client who asks; {@code null} where nobody is known, which is no objection where the route is open
 * @param objection the first reason to refuse; {@code null} for none
 */
record Admission(Snapshot snapshot, MatchedRoute matched, Client client, Problem objection) {

    /**
     * Looks at the head of a request.
     *
     * @param mostBytes the largest body that is taken
     */
    static Admission of(RequestHead request, Snapshot snapshot, Limits limits, int mostBytes) {
        return of(request, snapshot, () -> snapshot.identities().find(request.headers()), limits, mostBytes);
    }

    /**
     * Looks at the head of a request of somebody.
     *
     * @param identity tells who asks, where the route is not open to everybody
     */
    static Admission of(
            RequestHead request, Snapshot snapshot, Supplier<Optional<Client>> identity, Limits limits, int mostBytes) {
        MatchedRoute matched;
        try {
            matched = snapshot.messages()
                    .match(request.method(), request.target())
                    .orElse(null);
        } catch (MalformedTargetException e) {
            Problem problem = Problem.of(Reason.MalformedRequest, e.getMessage(), "routes");
            return new Admission(snapshot, null, null, problem);
        }
        if (matched == null) {
            return new Admission(snapshot, null, null, Problem.of(Reason.UnknownRoute, null, "routes"));
        }
        Problem body = request.body(matched.route(), mostBytes);
        if (matched.route().operations().contains(Operation.Health)) {
            return new Admission(snapshot, matched, null, body);
        }
        Client client = identity.get().orElse(null);
        if (client == null) {
            return new Admission(snapshot, matched, null, Problem.of(Reason.Unauthenticated));
        }
        Problem objection = entitlement(matched.route(), client);
        if (objection == null) {
            objection = rate(limits, client);
        }
        return new Admission(snapshot, matched, client, objection == null ? body : objection);
    }

    private static Problem entitlement(Route route, Client client) {
        for (Operation operation : route.operations()) {
            if (client.operations().contains(operation)) {
                return null;
            }
        }
        for (Route.Elevation elevation : route.elevations()) {
            if (client.operations().contains(elevation.operation())) {
                return null;
            }
        }
        return notAllowed();
    }

    private static Problem rate(Limits limits, Client client) {
        long wait = limits.ask(client);
        return wait == 0
                ? null
                : Problem.of(Reason.RateLimited, null, "clients.limits.requestsPerMinute")
                        .retryAfter(wait);
    }

    /**
     * Whether the client may send one message more in a call that is under way: each counts as a request does.
     *
     * @return {@code null} where it may
     */
    Problem again(Limits limits) {
        return client == null ? null : rate(limits, client);
    }

    private static Problem notAllowed() {
        return Problem.of(Reason.Forbidden, null, "clients.allow");
    }

    /**
     * Whether the client may do what its request turned out to be.
     *
     * @param operations what the request is, any of them
     * @return {@code null} where it may
     */
    Problem forbidden(List<Operation> operations) {
        Retrieval retrieval = snapshot.config().retrieval();
        if (operations.equals(List.of(Operation.Export))
                && (retrieval == null || retrieval.bulkExport() == Permission.Deny)) {
            return Problem.of(new Refusal(RefusalReason.BulkExport, "retrieval.bulkExport"));
        }
        // while observing nobody may be known, which was the objection then
        return isHealth() || client == null || allowed(operations) != null ? null : notAllowed();
    }

    /** Which of several operations the client makes use of. */
    Operation used(List<Operation> operations) {
        Operation allowed = client == null ? null : allowed(operations);
        return allowed == null ? operations.get(0) : allowed;
    }

    /** The first of several operations that the client may do; {@code null} for none. */
    private Operation allowed(List<Operation> operations) {
        for (Operation operation : operations) {
            if (client.operations().contains(operation)) {
                return operation;
            }
        }
        return null;
    }

    boolean isHealth() {
        return matched != null && matched.route().operations().contains(Operation.Health);
    }

    /** What is done to the messages of the route. */
    RouteGuard guard() {
        return snapshot.messages().guard(matched);
    }

    /** What is known of the messages from outside of them. */
    MessageContext context() {
        return MessageContext.of(matched.variables(), client);
    }
}
