package dev.redoubt.sidecar;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.GuardConfigBuilder;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Stage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Configurations for tests. */
final class Guards {
    /** Key of the client that may query and ingest, or generate and embed. */
    static final String KEY = "key-of-ann";

    /** Key of the client that is known and may only manage. */
    static final String MANAGER_KEY = "key-of-max";

    /** Key of the client that may send six requests a minute. */
    static final String SLOW_KEY = "key-of-sue";

    /** Key of the client that may query and ingest and sees no sealed field. */
    static final String CLOSED_KEY = "key-of-tim";

    static final String NAMESPACE = "rag";
    static final String PIPELINE = "support";
    static final String TARGET = "docs";

    private Guards() {}

    static String sha256(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Client> clients(List<Operation> useful) {
        return List.of(
                new Client("ann", List.of(sha256(KEY)), useful, true, null, null, List.of(), false),
                new Client(
                        "max",
                        List.of(sha256(MANAGER_KEY)),
                        List.of(Operation.Manage),
                        false,
                        null,
                        null,
                        List.of(),
                        false),
                new Client("sue", List.of(sha256(SLOW_KEY)), useful, false, 6, null, List.of(), true));
    }

    static GuardConfig chroma(Mode mode, Bounds bounds, int maxResults, List<String> sealedFields) {
        List<Client> clients = clients(List.of(Operation.Query, Operation.Ingest));
        return store("Chroma", mode, clients, maxResults, null, sealedFields, bounds);
    }

    static GuardConfig store(String profile, Mode mode, Bounds bounds, int maxResults, List<String> sealedFields) {
        List<Client> clients = clients(List.of(Operation.Query, Operation.Ingest));
        return store(profile, mode, clients, maxResults, null, sealedFields, bounds);
    }

    static GuardConfig qdrant(List<String> sealedFields) {
        List<Client> clients = clients(List.of(Operation.Query, Operation.Ingest));
        return store("Qdrant", Mode.Enforce, clients, 10, null, sealedFields, Bounds.DEFAULT);
    }

    /** A store with searchable fields, a client that may see them and one that may not: see {@link #CLOSED_KEY}. */
    static GuardConfig searchable(String profile, String... fields) {
        List<Operation> operations = List.of(Operation.Query, Operation.Ingest);
        List<Client> clients = List.of(
                new Client("ann", List.of(sha256(KEY)), operations, true, null, null, List.of(), false),
                new Client("tim", List.of(sha256(CLOSED_KEY)), operations, false, null, null, List.of(), false));
        return store(profile, Mode.Enforce, clients, 10, null, List.of(), Bounds.DEFAULT)
                .with()
                .searchableFields(List.of(fields))
                .build();
    }

    /** A store with records of two tenants, a client of each, and one that has none: see {@link #tenantKey}. */
    static GuardConfig tenants(String profile, String... tenants) {
        List<Client> clients = new ArrayList<>();
        for (String tenant : tenants) {
            clients.add(new Client(
                    "of-" + tenant,
                    List.of(sha256(tenantKey(tenant))),
                    List.of(Operation.Query, Operation.Ingest, Operation.Manage, Operation.Export),
                    false,
                    null,
                    tenant,
                    List.of(),
                    false));
        }
        clients.addAll(clients(List.of(Operation.Query, Operation.Ingest)));
        return store(profile, Mode.Enforce, clients, 10, "tenant_id", List.of(), Bounds.DEFAULT);
    }

    /** The same store, whose records may be read in bulk. */
    static GuardConfig exportingTenants(String profile, String... tenants) {
        GuardConfig config = tenants(profile, tenants);
        Retrieval retrieval = config.retrieval();
        return config.with()
                .retrieval(new Retrieval(
                        retrieval.maxResults(),
                        retrieval.vectors(),
                        retrieval.scores(),
                        retrieval.scoreStep(),
                        Permission.Allow,
                        retrieval.queryByVector(),
                        retrieval.tenant()))
                .build();
    }

    /** Key of the client of a tenant. */
    static String tenantKey(String tenant) {
        return "key-of-" + tenant;
    }

    private static GuardConfig store(
            String profile,
            Mode mode,
            List<Client> clients,
            int maxResults,
            String tenantField,
            List<String> sealedFields,
            Bounds bounds) {
        return target(profile, mode, clients)
                .retrieval(new Retrieval(
                        maxResults,
                        Retrieval.Vectors.Strip,
                        Retrieval.Scores.Round,
                        new BigDecimal("0.05"),
                        Permission.Deny,
                        Permission.Allow,
                        tenantField))
                .sealedFields(sealedFields)
                .bounds(bounds)
                .build();
    }

    private static GuardConfigBuilder target(String profile, Mode mode, List<Client> clients) {
        return GuardConfig.of(NAMESPACE, PIPELINE)
                .target(TARGET)
                .profile(profile)
                .mode(mode)
                .clients(clients)
                .redaction(redaction());
    }

    /** A database whose clients may export, where their operations say so. */
    static GuardConfig pgVector(Mode mode, List<Client> clients) {
        return target("PgVector", mode, clients)
                .retrieval(new Retrieval(
                        10,
                        Retrieval.Vectors.Strip,
                        Retrieval.Scores.Round,
                        new BigDecimal("0.05"),
                        Permission.Allow,
                        Permission.Allow))
                .build();
    }

    /** The same, where each record belongs to a tenant. */
    static GuardConfig pgVectorTenants(Mode mode, List<Client> clients) {
        return withTenants(pgVector(mode, clients));
    }

    /** The same configuration, where each record belongs to a tenant. */
    private static GuardConfig withTenants(GuardConfig config) {
        Retrieval retrieval = config.retrieval();
        return config.with()
                .retrieval(new Retrieval(
                        retrieval.maxResults(),
                        retrieval.vectors(),
                        retrieval.scores(),
                        retrieval.scoreStep(),
                        retrieval.bulkExport(),
                        retrieval.queryByVector(),
                        "tenant_id"))
                .build();
    }

    /** The same configuration of another engine. */
    static GuardConfig store(String profile, GuardConfig config) {
        return config.with().profile(profile).build();
    }

    static GuardConfig milvus(Mode mode) {
        return store("Milvus", chroma(mode, Bounds.DEFAULT, 10, List.of()));
    }

    static GuardConfig openAi(Mode mode, Bounds bounds) {
        return model("OpenAI", mode, bounds);
    }

    /** Of the API of a model. */
    static GuardConfig model(String api, Mode mode, Bounds bounds) {
        return target(api, mode, clients(List.of(Operation.Generate, Operation.Embed)))
                .output(new Output(Output.Logprobs.Strip, Permission.Deny, 256, 1))
                .bounds(bounds)
                .build();
    }

    /** The same configuration, in which names of people are replaced and somebody else looks for them too. */
    static GuardConfig judgedBy(ExternalRecognizer recognizer, GuardConfig config) {
        List<RedactionRule> rules = new ArrayList<>(config.redaction().rules());
        rules.add(new RedactionRule(List.of("PERSON"), Arrays.asList(Stage.values()), Action.Replace));
        return config.with()
                .redaction(new Redaction(rules, null, null, null, null, List.of(recognizer)))
                .build();
    }

    /** The same configuration, in which texts are redacted at some stages alone. */
    static GuardConfig actingAt(List<Stage> stages, GuardConfig config) {
        return config.with().redaction(redaction(stages)).build();
    }

    private static Redaction redaction() {
        return redaction(Arrays.asList(Stage.values()));
    }

    private static Redaction redaction(List<Stage> everywhere) {
        return new Redaction(
                List.of(
                        new RedactionRule(List.of("EMAIL_ADDRESS"), everywhere, Action.Replace),
                        new RedactionRule(List.of("CREDIT_CARD"), everywhere, Action.Block)),
                null,
                null,
                null,
                null);
    }

    static GuardConfig chroma() {
        return chroma(Mode.Enforce, Bounds.DEFAULT, 10, List.of());
    }

    static Keyring keyring() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return new Keyring(1, Map.of(1, key), key);
    }
}
