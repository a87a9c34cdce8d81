package dev.redoubt.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.VectorProtection;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.route.MalformedTargetException;
import dev.redoubt.wire.route.MatchedRoute;
import dev.redoubt.wire.seal.SealPlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A guard for a test, with the settings that the test is about. */
final class Guarded {
    static final String COLLECTION = "/api/v2/tenants/default_tenant/databases/default_database/collections/5b3137bb";
    private static final SealPlace PLACE = new SealPlace("default_tenant", "5b3137bb");
    static final MessageContext CLOSED = new MessageContext(PLACE, false, null, List.of(), null);
    static final MessageContext OPEN = new MessageContext(PLACE, true, null, List.of(), null);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Stage> EVERYWHERE = List.of(Stage.values());

    private final Profile profile;
    private final boolean store;
    private final List<Client> clients = new ArrayList<>();
    private boolean reversible;
    private Mode mode = Mode.Enforce;
    private Action action = Action.Replace;
    private List<Stage> stages = EVERYWHERE;
    private List<String> entities = List.of("EMAIL_ADDRESS", "CREDIT_CARD", "US_SSN", "PHONE_NUMBER");
    private int maxResults = 10;
    private Retrieval.Vectors vectors = Retrieval.Vectors.Strip;
    private Retrieval.Scores scores = Retrieval.Scores.Round;
    private Permission bulk = Permission.Deny;
    private Permission byVector = Permission.Allow;
    private String tenantField;
    private Output output = new Output(Output.Logprobs.Strip, Permission.Deny, 256, 1);
    private List<String> sealed = List.of();
    private List<String> searchable = List.of();
    private List<String> excluded = List.of();
    private List<String> dropped = List.of();
    private Keyring keyring = ring(1);
    private Bounds bounds = Bounds.DEFAULT;
    private List<ExternalRecognizer> recognizers = List.of();

    private VectorProtection protection;

    private Guarded(Profile profile) {
        this.profile = profile;
        this.store = profile.kind() == Profile.Kind.VectorStore;
    }

    static Guarded chroma() {
        return of("Chroma");
    }

    static Guarded weaviate() {
        return of("Weaviate");
    }

    static Guarded qdrant() {
        return of("Qdrant");
    }

    static Guarded openSearch() {
        return of("OpenSearch");
    }

    static Guarded openAi() {
        return of("OpenAI");
    }

    static Guarded ollama() {
        return of("Ollama");
    }

    /** Of the engine or API of that name. */
    static Guarded of(String profile) {
        return new Guarded(Profiles.builtIn().find(profile).orElseThrow());
    }

    static Guarded milvus() {
        return new Guarded(Profiles.builtIn().find("Milvus").orElseThrow());
    }

    static Guarded pgVector() {
        return new Guarded(Profiles.builtIn().find("PgVector").orElseThrow());
    }

    static Guarded lines() {
        return new Guarded(LineProfile.PROFILE);
    }

    Guarded observing() {
        mode = Mode.Observe;
        return this;
    }

    Guarded doing(Action value, Stage... at) {
        action = value;
        stages = at.length == 0 ? EVERYWHERE : List.of(at);
        return this;
    }

    Guarded finding(String... values) {
        entities = List.of(values);
        return this;
    }

    Guarded withoutRedaction() {
        stages = List.of();
        return this;
    }

    Guarded returning(int results) {
        maxResults = results;
        return this;
    }

    Guarded vectors(Retrieval.Vectors value) {
        vectors = value;
        return this;
    }

    Guarded scores(Retrieval.Scores value) {
        scores = value;
        return this;
    }

    Guarded bulk(Permission value) {
        bulk = value;
        return this;
    }

    Guarded byVector(Permission value) {
        byVector = value;
        return this;
    }

    /** Every record belongs to the tenant that a field of it names. */
    Guarded confined(String field) {
        tenantField = field;
        return this;
    }

    Guarded protecting(VectorProtection.Method method) {
        protection = new VectorProtection(method, method.usual());
        return this;
    }

    Guarded output(Output value) {
        output = value;
        return this;
    }

    Guarded sealing(String... fields) {
        sealed = List.of(fields);
        return this;
    }

    Guarded searching(String... fields) {
        searchable = List.of(fields);
        return this;
    }

    Guarded excluding(String... fields) {
        excluded = List.of(fields);
        return this;
    }

    Guarded dropping(String... fields) {
        dropped = List.of(fields);
        return this;
    }

    Guarded reversible() {
        action = Action.Tokenize;
        reversible = true;
        return this;
    }

    /** Knows a client of a tenant that may see originals of entities. */
    Guarded client(String tenant, String... reveals) {
        String name = "client-" + clients.size();
        clients.add(new Client(name, List.of(), List.of(), false, null, tenant, List.of(reveals), false));
        return this;
    }

    /** The context of a message of the client that was named as the first, second and so on. */
    MessageContext context(int client) {
        return MessageContext.of(Map.of(), clients.get(client));
    }

    Guarded keys(Keyring value) {
        keyring = value;
        return this;
    }

    Guarded bounds(Bounds value) {
        bounds = value;
        return this;
    }

    /** Names of people are judged by somebody else too. */
    Guarded judged() {
        recognizers = List.of(new ExternalRecognizer(
                "presidio", "analyzer", 3000, List.of("PERSON"), ExternalRecognizer.OnError.Block, 1000));
        return this;
    }

    TargetGuard guard() {
        return TargetGuard.compile(profile, config(), keyring);
    }

    GuardConfig config() {
        Retrieval retrieval = new Retrieval(
                maxResults,
                vectors,
                scores,
                scores == Retrieval.Scores.Round ? new BigDecimal("0.05") : null,
                bulk,
                byVector,
                tenantField);
        List<RedactionRule> rules =
                stages.isEmpty() ? List.of() : List.of(new RedactionRule(entities, stages, action, reversible));
        return GuardConfig.of("rag", "support")
                .target("docs")
                .profile(profile.name())
                .mode(mode)
                .clients(clients)
                .retrieval(store ? retrieval : null)
                .output(store ? null : output)
                .vectorProtection(protection)
                .sealedFields(sealed)
                .searchableFields(searchable)
                .redaction(new Redaction(rules, List.of(), List.of(), excluded, dropped, recognizers))
                .bounds(bounds)
                .build();
    }

    /** The guard of the route that a request meets. */
    RouteGuard route(String method, String target) {
        TargetGuard guard = guard();
        try {
            MatchedRoute matched = guard.match(method, target).orElseThrow();
            return guard.guard(matched);
        } catch (MalformedTargetException e) {
            throw new AssertionError(e);
        }
    }

    /** What becomes of a request to the end: its query, and where that goes on its body. */
    Outcome exchange(String method, String target, String body) {
        TargetGuard guard = guard();
        MatchedRoute matched;
        try {
            matched = guard.match(method, target).orElse(null);
        } catch (MalformedTargetException e) {
            return new Outcome.Refused(new Refusal(RefusalReason.MalformedTarget, e.getMessage()), Report.EMPTY);
        }
        if (matched == null) {
            return new Outcome.Refused(new Refusal(RefusalReason.UnknownRoute, target), Report.EMPTY);
        }
        MessageContext context = MessageContext.of(matched.variables(), null);
        RequestReading reading = guard.guard(matched).read(matched.parameters(), bytes(body));
        Outcome query = reading.query(context);
        return query instanceof Outcome.Refused ? query : reading.apply(context);
    }

    RouteGuard add() {
        return route("POST", COLLECTION + "/add");
    }

    RouteGuard query() {
        return route("POST", COLLECTION + "/query");
    }

    RouteGuard get() {
        return route("POST", COLLECTION + "/get");
    }

    RouteGuard chat() {
        return route("POST", "/v1/chat/completions");
    }

    RouteGuard completions() {
        return route("POST", "/v1/completions");
    }

    static Outcome request(RouteGuard guard, String body) {
        return request(guard, body, CLOSED);
    }

    static Outcome request(RouteGuard guard, String body, MessageContext context) {
        return guard.read(bytes(body)).apply(context);
    }

    static String forwarded(Outcome outcome) {
        if (outcome instanceof Outcome.Forward forward) {
            return new String(forward.body(), StandardCharsets.UTF_8);
        }
        throw new AssertionError("refused: " + outcome);
    }

    static JsonNode tree(Outcome outcome) {
        return tree(forwarded(outcome));
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RefusalReason refused(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.refusal().reason();
        }
        throw new AssertionError("forwarded: " + forwarded(outcome));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] resource(String path) {
        try (InputStream in = Guarded.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new AssertionError("no resource " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message captured from a real server, as it went over the wire. */
    static JsonNode captured(String path) {
        return tree(new String(resource(path), StandardCharsets.UTF_8));
    }

    /** A key ring with versions 1 to the active one. */
    static Keyring ring(int active) {
        Map<Integer, byte[]> keys = new HashMap<>();
        for (int version = 1; version <= active; version++) {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) version);
            keys.put(version, key);
        }
        return new Keyring(active, keys, new byte[32]);
    }
}
