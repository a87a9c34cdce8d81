package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.Route;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Walk;
import dev.redoubt.wire.text.Judgements;

/** What is done to the messages of one route. Immutable, for any number of threads. */
public final class RouteGuard {
    private final Route route;
    private final GuardConfig config;
    private final TenantTools tools;
    private final ScoreStep step;
    private final MessagePlan request;
    private final MessagePlan response;
    private final MessagePlan event;
    private final MessagePlan error;

    RouteGuard(
            Route route,
            GuardConfig config,
            TenantTools tools,
            ScoreStep step,
            MessagePlan request,
            MessagePlan response,
            MessagePlan event,
            MessagePlan error) {
        this.route = route;
        this.config = config;
        this.tools = tools;
        this.step = step;
        this.request = request;
        this.response = response;
        this.event = event;
        this.error = error;
    }

    public Route route() {
        return route;
    }

    /** Whether an answer of this route may be a stream of events. */
    public boolean streams() {
        return event != null;
    }

    /** Whether texts of a stream are judged by others, who can only judge whole ones. */
    public boolean judgesStreams() {
        return event != null
                && event.stage() != null
                && !tools.redactor().questions(event.stage()).isEmpty();
    }

    /** Those of one message of this route, where nothing is judged yet. */
    public Judgements judgements() {
        return Judgements.of(tools.redactor());
    }

    /**
     * Reads a request, so that its operation is known before anything is done to it. Never fails: what is wrong with
     * the body is told by {@link RequestReading#apply}.
     *
     * @param body all of it, of length 0 where there is none
     */
    public RequestReading read(byte[] body) {
        if (body.length > config.bounds().requestBytes()) {
            return RequestReading.failed(this, body, new Refusal(RefusalReason.BodyTooLarge, "bounds.requestBytes"));
        }
        if (route.request().encoding() == Encoding.None) {
            return body.length == 0
                    ? RequestReading.empty(this, body)
                    : RequestReading.failed(this, body, new Refusal(RefusalReason.UnexpectedBody, route.name()));
        }
        try {
            return RequestReading.of(this, body, Walk.over(body, request.walk()));
        } catch (JsonFault e) {
            return RequestReading.failed(this, body, new Refusal(RefusalReason.MalformedBody, rule(e)));
        }
    }

    Outcome apply(RequestReading reading, Hits hits, boolean bulk, MessageContext context) {
        return finish(new RequestEditor(reading.body(), hits, request, tools.of(context), context, config, bulk));
    }

    /** Checks and edits a successful answer that is not a stream. */
    public Outcome response(byte[] body, MessageContext context) {
        if (route.response().encoding() == Encoding.None) {
            return body.length == 0
                    ? new Outcome.Forward(body, Report.EMPTY)
                    : refused(body, new Refusal(RefusalReason.MalformedResponse, route.name()));
        }
        return answer(body, response, context);
    }

    /** Checks and edits an error of the target. Errors may echo what was sent. */
    public Outcome error(byte[] body, MessageContext context) {
        return body.length == 0 ? new Outcome.Forward(body, Report.EMPTY) : answer(body, error, context);
    }

    /**
     * Begins an answer that is a stream of events. For one thread.
     *
     * @throws IllegalStateException where the route has none
     */
    public StreamGuard stream(MessageContext context) {
        if (event == null) {
            throw new IllegalStateException("route " + route.name() + " does not stream");
        }
        return new StreamGuard(event, tools.of(context), context, step);
    }

    private Outcome answer(byte[] body, MessagePlan plan, MessageContext context) {
        if (body.length > config.bounds().responseBytes()) {
            return refused(body, new Refusal(RefusalReason.ResponseTooLarge, "bounds.responseBytes"));
        }
        try {
            return finish(new ResponseEditor(
                    body, Walk.over(body, plan.walk()), plan, tools.of(context), context, step, new Tally()));
        } catch (JsonFault e) {
            return refused(body, new Refusal(RefusalReason.MalformedResponse, rule(e)));
        }
    }

    private Outcome finish(MessageEditor editor) {
        try {
            byte[] edited = editor.edit();
            return new Outcome.Forward(tools.observes() ? editor.body : edited, editor.tally.report());
        } catch (RefusedException e) {
            return new Outcome.Refused(e.refusal(), editor.tally.report());
        }
    }

    /** A refusal, or its report where the policy is only observed. */
    Outcome refused(byte[] body, Refusal refusal) {
        if (!tools.observes()) {
            return new Outcome.Refused(refusal, Report.EMPTY);
        }
        Tally tally = new Tally();
        tally.observe(refusal);
        return new Outcome.Forward(body, tally.report());
    }

    private static String rule(JsonFault fault) {
        return "JSON " + fault.kind();
    }
}
