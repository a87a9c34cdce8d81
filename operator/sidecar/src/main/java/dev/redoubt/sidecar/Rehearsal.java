package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.profiles.Route;
import dev.redoubt.wire.ContentCoding;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.Report;
import dev.redoubt.wire.RequestReading;
import dev.redoubt.wire.text.Judgements;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a guard would do with a request, by the guard's own parts and in its order, without a socket and without a target.
 * Rates are not counted: every request is a client's first.
 */
public final class Rehearsal {
    private final Snapshot snapshot;

    /**
     * Compiles a configuration; takes tens of milliseconds.
     *
     * @param keyring {@code null} where the configuration seals and redacts nothing
     * @throws IllegalArgumentException where it cannot be applied
     */
    public Rehearsal(GuardConfig config, Keyring keyring) {
        snapshot = new SnapshotCompiler(Profiles.builtIn()).compile(config, keyring, null);
    }

    /**
     * A reason to refuse.
     *
     * @param status HTTP status that the client would be given
     * @param reason what audit and metrics call it
     * @param message one sentence for people; nothing that came in the request is part of it
     * @param rule what decided, such as {@code retrieval.bulkExport}; {@code null} for none
     */
    public record Objection(int status, String reason, String message, String rule) {
        private static Objection of(Problem problem) {
            String message = problem.detail() == null ? problem.title() : problem.title() + ": " + problem.detail();
            return new Objection(problem.status(), problem.reason(), message, problem.rule());
        }
    }

    /**
     * How it ended.
     *
     * @param route the route that was met; {@code null} for none
     * @param client name of the client; {@code null} where nobody is known
     * @param operations what the request is, any of them; empty where that was not looked at
     * @param objections what speaks against it; one where the guard enforces, and then it is refused
     * @param report what was found in the body and done to it
     * @param body what the target would be sent; {@code null} where the request is refused
     */
    public record Ending(
            Route route,
            String client,
            List<Operation> operations,
            List<Objection> objections,
            Report report,
            byte[] body) {
        /** Whether the target would not see it. */
        public boolean refused() {
            return body == null;
        }
    }

    /**
     * Plays a request.
     *
     * @param head request line, header fields and the empty line, with CRLF
     * @param body all of it
     * @param as name of the client that is taken to ask, whatever key the head carries; {@code null} for whose key it is
     * @throws IllegalArgumentException where no client has that name
     */
    public Ending play(byte[] head, byte[] body, String as) {
        HttpRequest request = decode(head);
        if (request.decoderResult().isFailure()) {
            return refused(
                    null, List.of(), Listener.invalid(request.decoderResult().cause()));
        }
        RequestHead parsed =
                new RequestHead(request.method().name(), request.uri(), version(request), headers(request));
        Problem framing = parsed.framing();
        if (framing != null) {
            return refused(null, List.of(), framing);
        }
        Supplier<Optional<Client>> identity =
                as == null ? () -> snapshot.identities().find(parsed.headers()) : () -> Optional.of(named(as));
        Admission admission = Admission.of(
                parsed,
                snapshot,
                identity,
                new Limits(() -> 0),
                snapshot.config().bounds().requestBytes());
        if (admission.objection() != null && !snapshot.observes()) {
            return refused(admission, List.of(), admission.objection());
        }
        List<Objection> observed = new ArrayList<>();
        note(observed, admission.objection());
        if (admission.matched() == null) {
            return new Ending(null, null, List.of(), observed, Report.EMPTY, body);
        }
        return body(admission, new Received(body, parsed.coding().orElse(ContentCoding.Identity)), observed);
    }

    private Ending body(Admission admission, Received received, List<Objection> observed) {
        RequestReading reading =
                admission.guard().read(admission.matched().parameters(), received.bytes(), received.coding());
        Problem forbidden = admission.forbidden(reading.operations());
        if (forbidden != null && !snapshot.observes()) {
            return refused(admission, reading.operations(), forbidden);
        }
        note(observed, forbidden);
        MessageContext context = admission.context().judgedBy(Judgements.omitted());
        Outcome query = reading.query(context);
        Outcome outcome = query instanceof Outcome.Refused ? query : reading.apply(context);
        for (Outcome each : query == outcome ? List.of(query) : List.of(query, outcome)) {
            if (each instanceof Outcome.Refused refused) {
                note(observed, Problem.of(refused.refusal()));
            } else if (each.report().observed() != null) {
                note(observed, Problem.of(each.report().observed()));
            }
        }
        return new Ending(
                admission.matched().route(),
                name(admission),
                reading.operations(),
                List.copyOf(observed),
                outcome.report(),
                outcome instanceof Outcome.Forward forward
                        ? snapshot.observes() ? received.bytes() : forward.body()
                        : null);
    }

    private static void note(List<Objection> objections, Problem problem) {
        if (problem != null) {
            objections.add(Objection.of(problem));
        }
    }

    private static Ending refused(Admission admission, List<Operation> operations, Problem problem) {
        Route route = admission == null || admission.matched() == null
                ? null
                : admission.matched().route();
        return new Ending(
                route,
                admission == null ? null : name(admission),
                operations,
                List.of(Objection.of(problem)),
                Report.EMPTY,
                null);
    }

    private static String name(Admission admission) {
        return admission.client() == null ? null : admission.client().name();
    }

    private Client named(String name) {
        return snapshot.config().clients().stream()
                .filter(client -> client.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no client is named " + name));
    }

    private static HttpRequest decode(byte[] head) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(Listener.decoding()));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(head));
            if (channel.readInbound() instanceof HttpRequest request) {
                return request;
            }
            throw new IllegalArgumentException("the head of the request does not end");
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static HttpVersion version(HttpRequest request) {
        return request.protocolVersion().minorVersion() == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    }

    private static MultiMap headers(HttpRequest request) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        request.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        return headers;
    }
}
