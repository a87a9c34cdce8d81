package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.pipeline.PipelineObservation.Trouble;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.Model;
import dev.redoubt.crds.RagPipelineSpec;
import dev.redoubt.crds.TargetStatus;
import dev.redoubt.crds.VectorStore;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.Upstream;
import dev.redoubt.policy.UpstreamCredential;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the guards of a target speak to it, as the spec says and as Secrets of others hold it, or what is wrong with them.
 *
 * @param upstream what stands in the configuration
 * @param credential what guards present; empty where they present nothing, and where it cannot be had: then they refuse
 * @param trouble what is wrong; empty where nothing is
 */
record UpstreamResolution(Upstream upstream, Optional<UpstreamCredential> credential, Optional<Trouble> trouble) {
    private static final String USER = "username";

    /** Names of the Secrets that a spec names; they are its owner's, and nothing of Redoubt's writes them. */
    static Set<String> secrets(RagPipelineSpec spec) {
        return Stream.concat(
                        spec.vectorStores().stream().map(VectorStore::upstreamCredential),
                        spec.models().stream().map(Model::upstreamCredential))
                .filter(Objects::nonNull)
                .map(dev.redoubt.crds.UpstreamCredential::secretName)
                .collect(Collectors.toSet());
    }

    /**
     * Resolves what the spec says of a target.
     *
     * @param secrets the Secrets that the spec names, by name, as far as they exist
     */
    static UpstreamResolution of(RagPipelineSpec spec, Target target, Map<String, Secret> secrets) {
        dev.redoubt.crds.UpstreamCredential wanted = wanted(spec, target);
        if (wanted == null) {
            return new UpstreamResolution(Upstream.PLAIN, Optional.empty(), Optional.empty());
        }
        Upstream upstream = new Upstream(true);
        Secret secret = secrets.get(wanted.secretName());
        String named = "Secret " + wanted.secretName();
        String until = " The guards of " + target.name() + " refuse every request until then";
        if (secret == null) {
            return failed(
                    upstream,
                    ConditionReason.SECRET_NOT_FOUND,
                    named + ", the upstreamCredential of " + target.name() + ", does not exist; create it." + until);
        }
        if (isOurs(secret)) {
            // whoever may write a pipeline is not to have keys sent to a workload of his choice
            return failed(
                    upstream,
                    ConditionReason.SECRET_INVALID,
                    named + " is Redoubt's own and presented to nobody; name another for " + target.name() + "."
                            + until);
        }
        Optional<String> key = value(secret, wanted.key());
        if (key.isEmpty()) {
            return failed(
                    upstream,
                    ConditionReason.SECRET_NOT_FOUND,
                    named + ", the upstreamCredential of " + target.name() + ", has no key " + wanted.key()
                            + "; add it or name another." + until);
        }
        try {
            UpstreamCredential credential =
                    new UpstreamCredential(value(secret, USER).orElse(null), key.get());
            return new UpstreamResolution(upstream, Optional.of(credential), Optional.empty());
        } catch (IllegalArgumentException e) {
            // its messages name what is wrong and never a value
            return failed(
                    upstream,
                    ConditionReason.SECRET_INVALID,
                    named + " cannot be presented to " + target.name() + ": " + e.getMessage() + ". Correct its key "
                            + wanted.key() + "." + until);
        }
    }

    private static dev.redoubt.crds.UpstreamCredential wanted(RagPipelineSpec spec, Target target) {
        Stream<dev.redoubt.crds.UpstreamCredential> wanted = target.kind() == TargetStatus.Kind.VECTOR_STORE
                ? spec.vectorStores().stream()
                        .filter(store -> store.name().equals(target.name()))
                        .map(VectorStore::upstreamCredential)
                : spec.models().stream()
                        .filter(model -> model.name().equals(target.name()))
                        .map(Model::upstreamCredential);
        return wanted.filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static boolean isOurs(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null && Labels.REDOUBT.equals(labels.get(Labels.MANAGED_BY));
    }

    private static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    private static UpstreamResolution failed(Upstream upstream, ConditionReason reason, String message) {
        return new UpstreamResolution(upstream, Optional.empty(), Optional.of(new Trouble(reason, message)));
    }
}
