package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.TenantRule;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.frame.FrameParser;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.gzip.GzipFault;
import dev.redoubt.wire.ndjson.LineParser;
import dev.redoubt.wire.ndjson.Lines;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.protobuf.GrpcMessage;
import dev.redoubt.wire.seal.SealPlace;
import dev.redoubt.wire.sse.EventParser;
import dev.redoubt.wire.text.Judgements;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is done to the messages of one route. Immutable, for any number of threads. */
public final class RouteGuard {
    private static final MessageSpec ERROR = new MessageSpec(null, Encoding.Json, null, List.of(), Others.Redact);

    private static final byte[] EMPTY = {'{', '}'};

    private final Route route;
    private final GuardConfig config;
    private final TenantTools tools;
    private final ScoreStep step;
    private final MessagePlan request;
    private final List<PairPlan> pairs;
    private final MessagePlan response;
    private final MessagePlan event;
    private final MessagePlan error;
    /** Of JSON, and of what shows no record; {@code null} for calls and where nobody is confined. */
    private final TenantPlan tenant;

    private final CallTenantPlan calls;

    RouteGuard(
            Route route,
            GuardConfig config,
            TenantTools tools,
            ScoreStep step,
            MessagePlan request,
            List<PairPlan> pairs,
            MessagePlan response,
            MessagePlan event,
            MessagePlan error) {
        this.route = route;
        this.config = config;
        this.tools = tools;
        this.step = step;
        this.request = request;
        this.pairs = pairs;
        this.response = response;
        this.event = event;
        this.error = error;
        String field = config.retrieval() == null ? null : config.retrieval().tenant();
        boolean call = route.request().encoding() == Encoding.Grpc && !TenantRule.NONE.equals(route.tenant());
        this.tenant =
                call ? null : TenantPlan.compile(route, field, config.bounds().depth());
        this.calls = call ? CallTenantPlan.compile(route, request, response, field) : null;
    }

    public Route route() {
        return route;
    }

    /** Whether an answer of this route may be a stream. */
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
     * Decodes a request and reads it.
     *
     * @param parameters decoded values of its query parameters
     * @param body all of it as it came
     */
    public RequestReading read(Map<String, String> parameters, byte[] body, ContentCoding coding) {
        try {
            return read(parameters, coding.decode(body, config.bounds().requestBytes()));
        } catch (GzipFault e) {
            return RequestReading.failed(
                    this,
                    parameters,
                    body,
                    isTooMuch(e)
                            ? new Refusal(RefusalReason.BodyTooLarge, "bounds.requestBytes")
                            : new Refusal(RefusalReason.MalformedEncoding, e.getMessage()));
        }
    }

    /**
     * Reads a request, so that its operation is known before anything is done to it. Never fails: what is wrong with
     * the body is told by {@link RequestReading#apply}.
     *
     * @param parameters decoded values of its query parameters
     * @param body all of it, of length 0 where there is none
     */
    public RequestReading read(Map<String, String> parameters, byte[] body) {
        Refusal refusal;
        try {
            if (body.length > config.bounds().requestBytes()) {
                refusal = new Refusal(RefusalReason.BodyTooLarge, "bounds.requestBytes");
            } else if (body.length == 0
                    && (route.request().encoding() == Encoding.None
                            || route.request().optional())) {
                return RequestReading.of(this, parameters, body, null);
            } else if (route.request().encoding() == Encoding.None) {
                refusal = new Refusal(RefusalReason.UnexpectedBody, route.name());
            } else if (route.request().encoding() != Encoding.Ndjson) {
                return RequestReading.of(this, parameters, body, request.read(content(body, route.request())));
            } else if (new Lines(body).next()) {
                return RequestReading.ofLines(this, parameters, body, new LineReading(body, request, pairs));
            } else {
                refusal = new Refusal(RefusalReason.MalformedBody, "no line");
            }
        } catch (MessageFault e) {
            refusal = new Refusal(RefusalReason.MalformedBody, e.rule());
        } catch (FrameFault e) {
            refusal = new Refusal(RefusalReason.MalformedBody, e.getMessage());
        } catch (RefusedException e) {
            refusal = e.refusal();
        }
        return RequestReading.failed(this, parameters, body, refusal);
    }

    /** Reads a request that has no query parameters. */
    public RequestReading read(byte[] body) {
        return read(Map.of(), body);
    }

    Outcome applyQuery(Map<String, String> parameters, boolean hasBody, boolean bulk, MessageContext context) {
        Map<String, String> asked = parameters;
        if (isConfined() && tenant != null) {
            try {
                asked = tenant.query(parameters);
            } catch (RefusedException e) {
                return refused(new byte[0], e.refusal());
            }
        }
        QueryEditor editor = new QueryEditor(route, asked, hasBody, bulk, tools.of(context), context, config);
        try {
            String query = editor.edit();
            return new Outcome.Forward(
                    query.getBytes(StandardCharsets.US_ASCII), editor.tally().report());
        } catch (RefusedException e) {
            return new Outcome.Refused(e.refusal(), editor.tally().report());
        }
    }

    /** Why a request of this route is refused whatever it holds; {@code null} where it is not. */
    Refusal objection(MessageContext context) {
        if (route.tellsScores()
                && (config.retrieval() == null || config.retrieval().scores() == Retrieval.Scores.Drop)) {
            return new Refusal(RefusalReason.ScoreOracle, "retrieval.scores");
        }
        if (!isConfined()) {
            return null;
        }
        if (context.tenant() == null) {
            return new Refusal(RefusalReason.NoTenant, "clients.tenant");
        }
        return tenant == null && calls == null ? new Refusal(RefusalReason.OtherTenant, route.name()) : null;
    }

    /** Whether clients see the records of their tenants alone. */
    private boolean isConfined() {
        return config.retrieval() != null
                && config.retrieval().tenant() != null
                && !route.operations().contains(Operation.Health);
    }

    /** Whether a request skips more results than one may that is no export. */
    boolean isFar(Draft draft) {
        Hits hits = draft.hits();
        for (int i = 0; i < hits.size(); i++) {
            if (hits.rule(i) != null
                    && request.spec(hits.rule(i)).role() == Role.Offset
                    && Count.at(draft, i).orElse(0) > config.bounds().offset()) {
                return true;
            }
        }
        return false;
    }

    /** The message in a body. */
    private static byte[] content(byte[] body, MessageSpec spec) throws FrameFault {
        return spec.encoding() == Encoding.Grpc ? GrpcMessage.only(body).data() : body;
    }

    /** The body of a message. */
    private static byte[] body(byte[] content, MessageSpec spec) {
        return spec.encoding() == Encoding.Grpc ? new GrpcMessage(content).framed() : content;
    }

    /** Where the records of the answer belong: in the collection that the request names, where it names one. */
    SealPlace place(Draft draft, SealPlace known) {
        SealPlace place = known;
        for (int i = 0; i < draft.hits().size(); i++) {
            if (draft.hits().rule(i) != null
                    && request.spec(draft.hits().rule(i)).role() == Role.Collection
                    && draft.hits().kind(i).isString()) {
                place = place.in(new String(draft.text(i), StandardCharsets.UTF_8));
            }
        }
        return place;
    }

    Outcome apply(Draft draft, boolean bulk, MessageContext context) {
        Tally tally = new Tally();
        try {
            byte[] edited =
                    new RequestEditor(draft, request, tools.of(context), context, config, step, bulk, tally).edit();
            if (request.limits() != null && !bulk) {
                edited = request.limits().apply(edited, tally);
            }
            if (isConfined() && calls != null) {
                edited = new CallTenantEditor(edited, calls, context.tenant()).edit();
            } else if (isConfined() && tenant.request != null) {
                edited = new TenantEditor(edited, tenant, context.tenant()).edit();
            }
            byte[] sent = tools.observes() ? draft.body() : edited;
            return new Outcome.Forward(body(sent, route.request()), tally.report());
        } catch (RefusedException e) {
            return refused(body(draft.body(), route.request()), e.refusal(), tally);
        }
    }

    /** A request without a body: it gets one where its records must be filtered. */
    Outcome applyNothing(MessageContext context) {
        byte[] body = new byte[0];
        if (!isConfined()
                || tenant == null
                || tenant.request == null
                || route.request().encoding() == Encoding.None) {
            return new Outcome.Forward(body, Report.EMPTY);
        }
        try {
            byte[] filter = new TenantEditor(EMPTY, tenant, context.tenant()).edit();
            return new Outcome.Forward(tools.observes() ? body : filter, Report.EMPTY);
        } catch (RefusedException e) {
            return refused(body, e.refusal());
        }
    }

    Outcome applyLines(byte[] body, boolean bulk, MessageContext context) {
        MessageEditor.Tools own = tools.of(context);
        boolean asks = route.request().stage() == Stage.Query;
        return lines(
                body,
                new LineEditing(
                        body,
                        new LineReading(body, request, pairs),
                        context,
                        asks ? Caps.of(config, bulk).results() : Caps.UNLIMITED,
                        isConfined()),
                RefusalReason.MalformedBody,
                (line, plan, of, tally) -> new RequestEditor(line, plan, own, of, config, step, bulk, tally));
    }

    /** Decodes a successful answer that is not a stream, checks and edits it. */
    public Outcome response(byte[] body, ContentCoding coding, MessageContext context) {
        return decoded(body, coding, content -> response(content, context));
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

    /** Decodes an error of the target, checks and edits it. */
    public Outcome error(byte[] body, ContentCoding coding, MessageContext context) {
        return decoded(body, coding, content -> error(content, context));
    }

    /** Decodes an answer that is a stream, all of it at once, checks and edits it. */
    public Outcome wholeStream(byte[] body, ContentCoding coding, MessageContext context) {
        return decoded(body, coding, content -> stream(context).whole(content));
    }

    private Outcome decoded(byte[] body, ContentCoding coding, Function<byte[], Outcome> answer) {
        try {
            return answer.apply(coding.decode(body, config.bounds().responseBytes()));
        } catch (GzipFault e) {
            return refused(
                    body,
                    isTooMuch(e)
                            ? new Refusal(RefusalReason.ResponseTooLarge, "bounds.responseBytes")
                            : new Refusal(RefusalReason.MalformedResponse, e.getMessage()));
        }
    }

    private static boolean isTooMuch(GzipFault fault) {
        return fault.kind() == GzipFault.Kind.TooLarge || fault.kind() == GzipFault.Kind.Ratio;
    }

    /** Checks and edits an error of the target. Errors may echo what was sent. */
    public Outcome error(byte[] body, MessageContext context) {
        return body.length == 0 ? new Outcome.Forward(body, Report.EMPTY) : answer(body, error, context);
    }

    /**
     * Begins an answer that is a stream and comes in a coding. For one thread.
     *
     * @throws IllegalStateException where the route has none
     */
    public AnswerStream stream(ContentCoding coding, MessageContext context) {
        StreamGuard guard = stream(context);
        return coding == ContentCoding.Gzip ? new GzipStreamGuard(guard) : guard;
    }

    /**
     * Begins an answer that is a stream. For one thread.
     *
     * @throws IllegalStateException where the route has none
     */
    public StreamGuard stream(MessageContext context) {
        if (event == null) {
            throw new IllegalStateException("route " + route.name() + " does not stream");
        }
        FrameParser parser = route.stream().encoding() == Encoding.Ndjson ? new LineParser() : new EventParser();
        return new StreamGuard(parser, event, tools.of(context), context, step);
    }

    private Outcome answer(byte[] body, MessagePlan plan, MessageContext context) {
        if (body.length > config.bounds().responseBytes()) {
            return refused(body, new Refusal(RefusalReason.ResponseTooLarge, "bounds.responseBytes"));
        }
        if (plan == response && route.response().encoding() == Encoding.Ndjson) {
            MessageEditor.Tools own = tools.of(context);
            return lines(
                    body,
                    new LineEditing(body, new LineReading(body, plan, List.of()), context, Caps.UNLIMITED, false),
                    RefusalReason.MalformedResponse,
                    (line, every, of, tally) -> new ResponseEditor(line, every, own, of, step, tally));
        }
        MessageSpec spec = plan == response ? route.response() : ERROR;
        Tally tally = new Tally();
        try {
            byte[] content = content(body, spec);
            TenantCheck.Checked own = plan == response && isConfined()
                    ? own(content, context, tally)
                    : new TenantCheck.Checked(content, 0);
            Outcome.Forward edited = edit(own.body(), plan.under(context.aliases()), context, tally);
            return tools.observes()
                    ? new Outcome.Forward(body, edited.report())
                    : new Outcome.Forward(body(edited.body(), spec), edited.report(), own.status());
        } catch (RefusedException e) {
            return refused(body, e.refusal(), tally);
        } catch (MessageFault e) {
            return refused(body, new Refusal(RefusalReason.MalformedResponse, e.rule()), tally);
        } catch (FrameFault e) {
            return refused(body, new Refusal(RefusalReason.MalformedResponse, e.getMessage()), tally);
        }
    }

    /** The answer with what the client's tenant may see. */
    private TenantCheck.Checked own(byte[] body, MessageContext context, Tally tally)
            throws MessageFault, RefusedException {
        if (tenant == null && calls == null || context.tenant() == null) {
            throw new RefusedException(new Refusal(RefusalReason.OtherTenant, route.name()));
        }
        if (calls != null) {
            byte[] own = calls.check == null
                    ? body
                    : calls.check.apply(body, context.tenant().getBytes(StandardCharsets.UTF_8), tally);
            return new TenantCheck.Checked(own, 0);
        }
        return tenant.check == null
                ? new TenantCheck.Checked(body, 0)
                : tenant.check.apply(body, context.tenant().getBytes(StandardCharsets.UTF_8), tally);
    }

    /** Edits an answer, as often as there are hits in it that are blocked and taken out. */
    private Outcome.Forward edit(byte[] body, MessagePlan plan, MessageContext context, Tally tally)
            throws MessageFault, RefusedException {
        ResponseEditor editor = new ResponseEditor(plan.read(body), plan, tools.of(context), context, step, tally);
        byte[] edited = editor.edit();
        return editor.blocked() == 0
                ? new Outcome.Forward(edited, tally.report())
                : edit(editor.rest(), plan, context, tally.without(editor.blocked()));
    }

    private Outcome lines(byte[] body, LineEditing editing, RefusalReason fault, LineEditing.Editors editors) {
        Refusal refusal;
        try {
            byte[] edited = editing.edit(editors);
            return new Outcome.Forward(
                    tools.observes() ? body : edited, editing.tally().report());
        } catch (RefusedException e) {
            refusal = e.refusal();
        } catch (MessageFault e) {
            refusal = new Refusal(fault, e.rule());
        }
        if (!tools.observes()) {
            return new Outcome.Refused(refusal, editing.tally().report());
        }
        editing.tally().observe(refusal);
        return new Outcome.Forward(body, editing.tally().report());
    }

    /** A refusal, or its report where the policy is only observed. */
    Outcome refused(byte[] body, Refusal refusal) {
        return refused(body, refusal, new Tally());
    }

    private Outcome refused(byte[] body, Refusal refusal, Tally tally) {
        if (!tools.observes()) {
            return new Outcome.Refused(refusal, tally.report());
        }
        tally.observe(refusal);
        return new Outcome.Forward(body, tally.report());
    }
}
