package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.spec.Fields;
import dev.redoubt.policy.spec.Place;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.SpecNode;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of the clients of a configuration file: who it is and what it may do with each target. */
final class ClientSpec {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_TENANT = 253;
    private static final int MOST_REVEALED = 64;
    private static final int MOST_KEYS = 8;
    private static final int MOST_GRANTS = 64;
    private static final int MOST_PER_MINUTE = 1_000_000;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Long enough not to be guessed, whoever made it; no space, which no header carries at its ends. */
    private static final Pattern KEY = Pattern.compile("[!-~]{32,512}");

    private static final Map<Profile.Kind, Map<String, Operation>> OPERATIONS = Map.of(
            Profile.Kind.VectorStore, words(Operation.Query, Operation.Ingest, Operation.Export, Operation.Manage),
            Profile.Kind.Model, words(Operation.Generate, Operation.Embed, Operation.Manage));

    private final String name;
    private final List<String> digests;
    private final Integer requestsPerMinute;
    private final String tenant;
    private final Map<String, Grant> grants = new LinkedHashMap<>();

    private record Grant(List<Operation> operations, boolean opens, List<String> reveals) {}

    private ClientSpec(String name, List<String> digests, Integer requestsPerMinute, String tenant) {
        this.name = name;
        this.digests = digests;
        this.requestsPerMinute = requestsPerMinute;
        this.tenant = tenant;
    }

    /**
     * Reads a client.
     *
     * @param kinds what the targets of the file are, by their names
     */
    static ClientSpec parse(SpecNode node, Map<String, Profile.Kind> kinds, SourceFiles files) throws SpecException {
        Fields fields = Fields.of(node, "name", "apiKeyFile", "apiKeySha256", "tenant", "allow", "limits");
        Optional<SpecNode> tenant = fields.find("tenant");
        Optional<SpecNode> limits = fields.find("limits");
        ClientSpec client = new ClientSpec(
                fields.require("name").text(LONGEST_NAME),
                digests(fields, files),
                limits.isEmpty()
                        ? null
                        : Fields.of(limits.get(), "requestsPerMinute")
                                .number("requestsPerMinute", 1, MOST_PER_MINUTE, null),
                tenant.isEmpty() ? null : tenant.get().text(LONGEST_TENANT));
        for (SpecNode grant : fields.items("allow", MOST_GRANTS)) {
            client.grant(grant, kinds);
        }
        return client;
    }

    private void grant(SpecNode node, Map<String, Profile.Kind> kinds) throws SpecException {
        Fields fields = Fields.of(node, "target", "operations", "sealedFields", "reveal");
        SpecNode target = fields.require("target");
        Profile.Kind kind = target.oneOf(kinds);
        List<Operation> operations = new ArrayList<>();
        for (SpecNode operation : fields.require("operations").items(1, Operation.values().length)) {
            operations.add(operation.oneOf(OPERATIONS.get(kind)));
        }
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("Sealed", false);
        words.put("Open", true);
        Grant grant = new Grant(
                operations.stream().distinct().sorted().toList(),
                fields.oneOf("sealedFields", words, false),
                fields.texts("reveal", MOST_REVEALED, LONGEST_NAME));
        if (grants.put(target.text(LONGEST_NAME), grant) != null) {
            throw new SpecException(target.place(), "this client has a grant for this target already");
        }
    }

    private static List<String> digests(Fields fields, SourceFiles files) throws SpecException {
        Optional<SpecNode> file = fields.find("apiKeyFile");
        Optional<SpecNode> digest = fields.find("apiKeySha256");
        if (file.isPresent() == digest.isPresent()) {
            throw new SpecException(fields.place(), "a client has either apiKeyFile or apiKeySha256");
        }
        if (file.isPresent()) {
            return keysOf(file.get(), files);
        }
        SpecNode node = digest.get();
        List<String> digests = node instanceof SpecNode.Items ? node.texts(MOST_KEYS, 64) : List.of(node.text(512));
        for (String each : digests) {
            if (!SHA256.matcher(each).matches()) {
                throw new SpecException(node.place(), "a SHA-256 digest is expected: 64 lower-case hexadecimal digits");
            }
        }
        return digests;
    }

    private static List<String> keysOf(SpecNode node, SourceFiles files) throws SpecException {
        String file = node.text(4096);
        byte[] bytes = files.read(files.resolve(file), node.place());
        List<String> digests = new ArrayList<>();
        int line = 0;
        for (String key : new String(bytes, StandardCharsets.ISO_8859_1).lines().toList()) {
            line++;
            if (!key.isBlank() && !KEY.matcher(key).matches()) {
                throw new SpecException(
                        new Place(files.resolve(file).toString(), line, 1),
                        "an API key is expected: 32 to 512 characters of ASCII without spaces");
            }
            if (!key.isBlank() && !digests.contains(sha256(key))) {
                digests.add(sha256(key));
            }
        }
        if (digests.isEmpty() || digests.size() > MOST_KEYS) {
            throw new SpecException(
                    new Place(files.resolve(file).toString(), 1, 1),
                    "the file must hold between 1 and " + MOST_KEYS + " API keys, one on each line");
        }
        return digests;
    }

    String name() {
        return name;
    }

    /** What this client is to the guard of a target. */
    Client at(String target) {
        Grant grant = grants.getOrDefault(target, new Grant(List.of(), false, List.of()));
        return new Client(
                name, digests, grant.operations(), grant.opens(), requestsPerMinute, tenant, grant.reveals(), false);
    }

    private static Map<String, Operation> words(Operation... operations) {
        Map<String, Operation> words = new LinkedHashMap<>();
        for (Operation operation : operations) {
            words.put(operation.name(), operation);
        }
        return words;
    }

    private static String sha256(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
