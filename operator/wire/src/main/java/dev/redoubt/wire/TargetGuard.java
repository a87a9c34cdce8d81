package dev.redoubt.wire;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profile.Protocol;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.vectors.GaussianNoise;
import dev.redoubt.vectors.ScaleAndPerturb;
import dev.redoubt.vectors.ScoreStep;
import dev.redoubt.vectors.VectorProtection;
import dev.redoubt.wire.protobuf.MessageShape;
import dev.redoubt.wire.route.MalformedTargetException;
import dev.redoubt.wire.route.MatchedRoute;
import dev.redoubt.wire.route.RouteTable;
import dev.redoubt.wire.seal.FieldSealer;
import dev.redoubt.wire.seal.FieldTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is done to the messages of one target, compiled once for a configuration. Immutable, for any number
 * of threads, and without I/O.
 */
public final class TargetGuard {
    /** The variable of a path that is the id of the record in the body. */
    private static final String RECORD_OF_PATH = "{record}";

    private final GuardConfig config;
    private final TenantTools tools;
    private final ScoreStep step;
    private final Map<String, MessageShape> shapes;
    private final RouteTable table;
    private final Map<String, RouteGuard> guards = new HashMap<>();

    private TargetGuard(Profile profile, GuardConfig config, TenantTools tools) {
        this.config = config;
        this.tools = tools;
        Retrieval retrieval = config.retrieval();
        this.step = retrieval == null || retrieval.scoreStep() == null ? null : new ScoreStep(retrieval.scoreStep());
        this.shapes = MessageShape.resolve(profile.schema());
        this.table = new RouteTable(profile.routes(), profile.variables());
        for (Route route : profile.routes()) {
            guards.put(route.name(), guard(route));
        }
    }

    /**
     * Compiles a configuration; takes tens of milliseconds.
     *
     * @param profile the one that the configuration names
     * @param keyring keys of the target; {@code null} where it has no encrypted fields and no redaction
     * @throws IllegalArgumentException where the configuration is not one of this profile, needs keys that are not
     *     there, or asks for what this build cannot do: nothing may then be passed
     */
    public static TargetGuard compile(Profile profile, GuardConfig config, Keyring keyring) {
        if (!profile.name().equals(config.profile())) {
            throw new IllegalArgumentException("the configuration is of the profile " + config.profile());
        }
        if (profile.speaks(Protocol.Postgres)) {
            requireOfSessions(config);
        }
        boolean redacts = !config.redaction().rules().isEmpty();
        if (keyring == null
                && (redacts
                        || config.vectorProtection() != null
                        || !config.sealedFields().isEmpty()
                        || !config.searchableFields().isEmpty())) {
            throw new IllegalArgumentException("redaction, encrypted fields and protected vectors need a key ring");
        }
        if (!config.sealedFields().isEmpty() && profile.kind() != Profile.Kind.VectorStore) {
            throw new IllegalArgumentException("fields of " + profile.name() + " cannot be encrypted");
        }
        if (!config.searchableFields().isEmpty() && !tellsFilters(profile)) {
            throw new IllegalArgumentException("fields of " + profile.name() + " cannot be searchable");
        }
        TokenKey key = keyring == null ? null : TokenKey.of(keyring.token());
        // without rules no token is ever made
        Redactor redactor = Redactor.compile(config.redaction(), key);
        FieldSealer sealer = config.sealedFields().isEmpty() ? null : new FieldSealer(keyring, tellsIds(profile));
        FieldTokens tokens = config.searchableFields().isEmpty() ? null : new FieldTokens(key);
        return new TargetGuard(
                profile,
                config,
                new TenantTools(config, redactor, key, sealer, tokens, protection(profile, config, key)));
    }

    private static VectorProtection protection(Profile profile, GuardConfig config, TokenKey key) {
        if (config.vectorProtection() == null) {
            return null;
        }
        boolean known = profile.speaks(Protocol.Postgres)
                || profile.routes().stream()
                        .flatMap(route -> route.request().values().stream())
                        .anyMatch(value -> value.role() == Role.Vector || value.role() == Role.Document);
        if (!known) {
            throw new IllegalArgumentException("vectors of " + profile.name() + " cannot be protected yet");
        }
        byte[] own = key.derive("vectors");
        double strength = config.vectorProtection().strength().doubleValue();
        return switch (config.vectorProtection().method()) {
            case ScaleAndPerturb -> new ScaleAndPerturb(own, strength);
            case Gaussian -> new GaussianNoise(own, strength);
        };
    }

    /** Whether something tells the ids of records where they are written, to which their sealed fields are then bound. */
    private static boolean tellsIds(Profile profile) {
        return profile.routes().stream()
                .filter(route -> route.request().stage() == Stage.Ingest)
                .anyMatch(route -> route.path().contains(RECORD_OF_PATH)
                        || route.request().values().stream().anyMatch(value -> value.role() == Role.RecordId));
    }

    /** What is stored as tokens is found only where filters are known. */
    private static boolean tellsFilters(Profile profile) {
        return profile.routes().stream()
                .flatMap(route -> route.request().values().stream())
                .anyMatch(value ->
                        value.role() == Role.Expression || !value.equality().isEmpty());
    }

    /** Refuses what nobody could do to SQL without parsing it, rather than leave it undone. */
    private static void requireOfSessions(GuardConfig config) {
        boolean possible = config.sealedFields().isEmpty()
                && config.searchableFields().isEmpty()
                && config.redaction().dropFields().isEmpty()
                && config.redaction().recognizers().isEmpty()
                && config.retrieval().queryByVector() == Permission.Allow;
        if (!possible) {
            throw new IllegalArgumentException("encrypted or dropped fields, recognisers outside of the guard and"
                    + " refusing query by vector are not possible for SQL");
        }
    }

    /** What is done to the texts of one session of a client. For one thread. */
    public SessionGuard session(Client client) {
        MessageContext context = MessageContext.of(Map.of(), client);
        return new SessionGuard(tools.of(context), client, config.retrieval());
    }

    /**
     * What is done to the rows of that session.
     *
     * @param vectors OIDs of pgvector's types and of arrays of them
     */
    public RowGuard rows(SessionGuard session, Set<Integer> vectors) {
        return new RowGuard(session, vectors, config.retrieval(), step);
    }

    /**
     * Finds the route that a request meets.
     *
     * @param method as it stands in the request line
     * @param target path and query as they stand in the request line
     * @return empty where the request is none that this target may be asked: it is refused in either mode
     * @throws MalformedTargetException where two parsers may read the target differently
     */
    public Optional<MatchedRoute> match(String method, String target) throws MalformedTargetException {
        return table.match(method, target);
    }

    /** What is done to the messages of a route of this target's profile. */
    public RouteGuard guard(MatchedRoute matched) {
        return guards.get(matched.route().name());
    }

    private RouteGuard guard(Route route) {
        boolean scansRequest = acts(route.request());
        return new RouteGuard(
                route,
                config,
                tools,
                step,
                MessagePlan.compile(
                        route.request(), Direction.Request, route.elevations(), config, shapes, scansRequest),
                PairPlan.compile(route, config, scansRequest),
                MessagePlan.compile(
                        route.response(), Direction.Response, List.of(), config, shapes, scans(route.response())),
                route.stream() == null
                        ? null
                        : MessagePlan.compile(
                                route.stream(), Direction.Event, List.of(), config, shapes, scans(route.stream())),
                MessagePlan.compile(error(route.response()), Direction.Response, List.of(), config, shapes, true));
    }

    private boolean acts(MessageSpec spec) {
        return spec.stage() != null && tools.redactor().acts(spec.stage());
    }

    /** Whether texts of an answer are looked at. */
    private boolean scans(MessageSpec spec) {
        return acts(spec) || spec.stage() != null && tools.reveals();
    }

    /** Errors echo what was sent, in a shape of their own: every text in them is redacted like an answer's. */
    private MessageSpec error(MessageSpec response) {
        Stage usual = config.retrieval() == null ? Stage.Completion : Stage.Retrieve;
        return new MessageSpec(
                response.stage() == null ? usual : response.stage(), Encoding.Json, null, List.of(), Others.Redact);
    }
}
