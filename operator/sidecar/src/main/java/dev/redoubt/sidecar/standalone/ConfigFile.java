package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.spec.Fields;
import dev.redoubt.policy.spec.Place;
import dev.redoubt.policy.spec.PolicySpec;
import dev.redoubt.policy.spec.RedactionPolicyFile;
import dev.redoubt.policy.spec.RedactionSpec;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.SpecNode;
import dev.redoubt.policy.spec.YamlSpec;
import dev.redoubt.profiles.Profile;
import dev.redoubt.redact.PolicyCheck;
import dev.redoubt.sidecar.standalone.StandaloneConfig.Door;
import dev.redoubt.sidecar.standalone.StandaloneConfig.GuardedTarget;
import dev.redoubt.wire.TargetGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configuration file of guards without Kubernetes, with the files that it names. */
final class ConfigFile {
    private static final String NAMESPACE = "standalone";
    private static final int LONGEST_NAME = 63;
    private static final int MOST_TARGETS = 16;
    private static final int MOST_CLIENTS = 64;
    private static final int MOST_POLICIES = 16;
    private static final int LONGEST_PATH = 4096;

    private final Path file;
    private final Keys keys;
    private final SourceFiles files;

    /** @param keys what happens where the key ring's file does not exist */
    ConfigFile(Path file, Keys keys) {
        this.file = file;
        this.keys = keys;
        Path parent = file.toAbsolutePath().getParent();
        files = new SourceFiles(parent);
    }

    /** The files that were read by the last {@link #read}, also where it failed. */
    SourceFiles files() {
        return files;
    }

    /**
     * Reads the configuration and makes sure that guards can apply it.
     *
     * @throws SpecException with the place of the first fault
     */
    StandaloneConfig read() throws SpecException {
        Place start = new Place(file.toString(), 1, 1);
        List<SpecNode> documents = YamlSpec.documents(file.toString(), files.read(file.toAbsolutePath(), start));
        if (documents.size() != 1) {
            throw new SpecException(start, "one YAML document is expected");
        }
        Fields fields = Fields.of(
                documents.get(0),
                "name",
                "mode",
                "keyring",
                "targets",
                "clients",
                "redaction",
                "policyFiles",
                "services");
        Optional<SpecNode> name = fields.find("name");
        String pipeline = name.isPresent() ? name.get().text(LONGEST_NAME) : NAMESPACE;
        Mode mode = fields.oneOf("mode", TargetSpec.MODES, Mode.Enforce);
        List<TargetSpec> targets = targets(fields.require("targets"));
        List<ClientSpec> clients = clients(fields, targets);
        Redaction redaction = ServiceAddresses.parse(fields).resolve(redaction(fields));
        boolean needsKeys = !redaction.rules().isEmpty()
                || targets.stream()
                        .anyMatch(target -> !target.sealedFields().isEmpty()
                                || !target.searchableFields().isEmpty()
                                || target.vectorProtection() != null);
        Keyring keyring = keyring(fields, needsKeys);
        List<GuardedTarget> guarded = new ArrayList<>();
        for (TargetSpec target : targets) {
            guarded.add(compile(pipeline, mode, target, clients, redaction, keyring));
        }
        return new StandaloneConfig(guarded, keyring);
    }

    private static List<TargetSpec> targets(SpecNode node) throws SpecException {
        List<TargetSpec> targets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (SpecNode item : node.items(1, MOST_TARGETS)) {
            TargetSpec target = TargetSpec.parse(item, targets.size());
            if (!names.add(target.name())) {
                throw new SpecException(item.place(), "two targets are named " + target.name());
            }
            Door door = target.door();
            for (int port : new int[] {door.listen(), door.health()}) {
                if (port != 0 && !ports.add(port)) {
                    throw new SpecException(item.place(), "port " + port + " is listened on already");
                }
            }
            targets.add(target);
        }
        return targets;
    }

    private List<ClientSpec> clients(Fields fields, List<TargetSpec> targets) throws SpecException {
        Map<String, Profile.Kind> kinds = new LinkedHashMap<>();
        targets.forEach(target -> kinds.put(target.name(), target.profile().kind()));
        List<ClientSpec> clients = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SpecNode item : fields.items("clients", MOST_CLIENTS)) {
            ClientSpec client = ClientSpec.parse(item, kinds, files);
            if (!names.add(client.name())) {
                throw new SpecException(item.place(), "two clients are named " + client.name());
            }
            clients.add(client);
        }
        return clients;
    }

    private Redaction redaction(Fields fields) throws SpecException {
        Optional<SpecNode> inline = fields.find("redaction");
        List<SpecNode> policies = fields.items("policyFiles", MOST_POLICIES);
        if (inline.isPresent() && !policies.isEmpty()) {
            throw new SpecException(inline.get().place(), "redaction and policyFiles exclude each other");
        }
        if (inline.isPresent()) {
            return PolicyCheck.check(RedactionSpec.parse(inline.get()));
        }
        List<PolicySpec> specs = new ArrayList<>();
        for (SpecNode policy : policies) {
            Path path = files.resolve(policy.text(LONGEST_PATH));
            specs.add(RedactionPolicyFile.parse(path.toString(), files.read(path, policy.place())));
        }
        return PolicyCheck.check(RedactionSpec.join(specs));
    }

    private Keyring keyring(Fields fields, boolean needed) throws SpecException {
        Optional<SpecNode> named = fields.find("keyring");
        if (named.isEmpty()) {
            if (needed && keys != Keys.Borrowed) {
                throw new SpecException(
                        fields.place(), "redaction and sealed fields need keys; name a file in the field keyring");
            }
            return needed ? KeyringFile.random() : null;
        }
        Path path = files.resolve(named.get().text(LONGEST_PATH));
        Place place = named.get().place();
        if (!Files.exists(path)) {
            switch (keys) {
                case Existing ->
                    throw new SpecException(place, "the key ring " + path + " does not exist; --create-keys makes it");
                case Borrowed -> {
                    return KeyringFile.random();
                }
                case Created -> create(path, place);
            }
        }
        try {
            return Keyring.parse(files.read(path, place));
        } catch (IOException | RuntimeException e) {
            // the cause may speak of keys
            throw new SpecException(new Place(path.toString(), 1, 1), "the key ring cannot be read");
        }
    }

    private static void create(Path path, Place place) throws SpecException {
        try {
            KeyringFile.create(path);
        } catch (IOException e) {
            throw new SpecException(place, "the key ring " + path + " cannot be written");
        }
    }

    private static GuardedTarget compile(
            String pipeline,
            Mode mode,
            TargetSpec target,
            List<ClientSpec> clients,
            Redaction redaction,
            Keyring keyring)
            throws SpecException {
        List<Client> known =
                clients.stream().map(client -> client.at(target.name())).toList();
        try {
            GuardConfig config = GuardConfig.of(NAMESPACE, pipeline)
                    .target(target.name())
                    .profile(target.profile().name())
                    .mode(target.mode() == null ? mode : target.mode())
                    .clients(known)
                    .retrieval(target.retrieval())
                    .output(target.output())
                    .vectorProtection(target.vectorProtection())
                    .sealedFields(target.sealedFields())
                    .searchableFields(target.searchableFields())
                    .redaction(redaction)
                    .build();
            TargetGuard.compile(target.profile(), config, keyring);
            return new GuardedTarget(config, target.door());
        } catch (IllegalArgumentException e) {
            throw new SpecException(target.node().place(), e.getMessage());
        }
    }
}
