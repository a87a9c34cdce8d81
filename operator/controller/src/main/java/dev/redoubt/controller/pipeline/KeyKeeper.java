package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.ObjectNames;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.keys.ApiKeySecret;
import dev.redoubt.controller.keys.KeyFactory;
import dev.redoubt.controller.keys.KeySecrets;
import dev.redoubt.controller.pipeline.PipelineObservation.Trouble;
import dev.redoubt.crds.Client;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.Keyring;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sees to it that a pipeline has its keys. A key that stored data may have been sealed with is never replaced by a new
 * one: where its Secret is gone, it is made again from the guards' own copy, and where that is gone too, a person has
 * to act.
 */
final class KeyKeeper {
    private static final int FIRST_VERSION = 1;

    private final ObjectWriter writer;
    private final KeyFactory factory;

    KeyKeeper(ObjectWriter writer, KeyFactory factory) {
        this.writer = writer;
        this.factory = factory;
    }

    /** SHA-256 of the API keys of each client; a key is made for each client that has none. */
    Map<String, List<String>> clients(RagPipeline pipeline, PipelineSnapshot snapshot) {
        String name = pipeline.getMetadata().getName();
        Map<String, List<String>> digests = new TreeMap<>();
        for (Client client : pipeline.getSpec().clients()) {
            if (client.identity().apiKey() == null) {
                continue;
            }
            String secretName = ObjectNames.clientSecret(name, client.name());
            Secret secret = snapshot.secret(secretName).orElseGet(() -> {
                Map<String, String> labels = Labels.ofPipeline(name);
                labels.put(Labels.CLIENT, client.name());
                return writer.createOnce(ApiKeySecret.desired(pipeline, secretName, labels, factory.apiKey()));
            });
            digests.put(client.name(), ApiKeySecret.digests(secret));
        }
        return digests;
    }

    /**
     * The key rings of targets.
     *
     * @param targets the targets of the pipeline
     * @throws KeyMissingException where a key that was in use is nowhere
     */
    Map<Target, Keyring> keyrings(RagPipeline pipeline, List<Target> targets, PipelineSnapshot snapshot)
            throws KeyMissingException {
        byte[] token = tokenKey(pipeline, targets, snapshot);
        Map<Target, Keyring> keyrings = new LinkedHashMap<>();
        for (Target target : targets) {
            if (GuardConfigCompiler.sealedFields(pipeline, target).isEmpty()
                    && TargetSummary.keyVersion(pipeline, target).isEmpty()) {
                keyrings.put(target, new Keyring(0, Map.of(), token));
            } else {
                byte[] key = dataKey(pipeline, target, snapshot);
                keyrings.put(target, new Keyring(FIRST_VERSION, Map.of(FIRST_VERSION, key), token));
            }
        }
        return keyrings;
    }

    private byte[] tokenKey(RagPipeline pipeline, List<Target> targets, PipelineSnapshot snapshot)
            throws KeyMissingException {
        String namespace = pipeline.getMetadata().getNamespace();
        String name = pipeline.getMetadata().getName();
        String secretName = ObjectNames.tokenKey(name);
        Optional<Secret> known = snapshot.secret(secretName).or(() -> writer.find(Secret.class, namespace, secretName));
        if (known.isPresent()) {
            return KeySecrets.read(known.get());
        }
        Optional<byte[]> copy = targets.stream()
                .flatMap(target -> copy(target, snapshot).stream())
                .map(Keyring::token)
                .findFirst();
        if (copy.isEmpty() && wasConfigured(pipeline)) {
            throw new KeyMissingException(new Trouble(
                    ConditionReason.KEY_MISSING,
                    "Secret " + secretName + " with the key of tokens and hashes is gone, and texts are stored under"
                            + " them; restore it from a backup, or make the pipeline anew if none are"));
        }
        byte[] key = copy.orElseGet(factory::key);
        return KeySecrets.read(writer.createOnce(KeySecrets.desiredTokenKey(namespace, name, key)));
    }

    /** Whether guards may have had a configuration, and with it the key of tokens. */
    private static boolean wasConfigured(RagPipeline pipeline) {
        return pipeline.getStatus() != null && pipeline.getStatus().configRevision() != null;
    }

    private byte[] dataKey(RagPipeline pipeline, Target target, PipelineSnapshot snapshot) throws KeyMissingException {
        String secretName = ObjectNames.dataKey(target.pipeline(), target.name(), FIRST_VERSION);
        Optional<Secret> known =
                snapshot.secret(secretName).or(() -> writer.find(Secret.class, target.namespace(), secretName));
        if (known.isPresent()) {
            return KeySecrets.read(known.get());
        }
        byte[] key = copy(target, snapshot)
                .map(copy -> copy.keys().get(FIRST_VERSION))
                .orElse(null);
        if (key == null) {
            if (TargetSummary.keyVersion(pipeline, target).isPresent()) {
                throw new KeyMissingException(new Trouble(
                        ConditionReason.KEY_MISSING,
                        "Secret " + secretName + " with the data key of " + target.name()
                                + " is gone, and records are sealed with it; restore it from a backup"));
            }
            key = factory.key();
        }
        return KeySecrets.read(writer.createOnce(
                KeySecrets.desiredDataKey(target.namespace(), target.pipeline(), target.name(), FIRST_VERSION, key)));
    }

    /** The guards' copy of the keys of a target. */
    private static Optional<Keyring> copy(Target target, PipelineSnapshot snapshot) {
        return snapshot.secret(target.guardObject())
                .map(Secret::getData)
                .map(data -> data.get(GuardSecret.KEYRING))
                .flatMap(encoded -> {
                    try {
                        return Optional.of(Keyring.parse(Base64.getDecoder().decode(encoded)));
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    /** A key that was in use is nowhere. */
    static final class KeyMissingException extends Exception {
        private final transient Trouble trouble;

        KeyMissingException(Trouble trouble) {
            super(trouble.message());
            this.trouble = trouble;
        }

        Trouble trouble() {
            return trouble;
        }
    }
}
