package dev.redoubt.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The compiled guard configuration of one target: what the controller writes and the sidecar reads.
 *
 * @param revision SHA-256 over everything else, 64 hexadecimal digits; equal content has an equal revision
 * @param namespace namespace of the pipeline
 * @param pipeline name of the RagPipeline
 * @param target name of the vector store or model in it
 * @param profile name of the profile that describes the target's wire API
 * @param mode whether the guard enforces or observes
 * @param clients everybody who is known; nobody else gets in
 * @param retrieval what may come back; {@code null} for a model
 * @param output what may come back; {@code null} for a vector store
 * @param vectorProtection how vectors are changed; {@code null} for not at all
 * @param sealedFields record fields that are encrypted in the store
 * @param searchableFields record fields that are encrypted in the store so that equal values stay equal
 * @param redaction what happens to texts
 * @param bounds sizes beyond which messages are refused
 * @param upstream how the guard speaks to the target
 */
public record GuardConfig(
        String revision,
        String namespace,
        String pipeline,
        String target,
        String profile,
        Mode mode,
        List<Client> clients,
        Retrieval retrieval,
        Output output,
        VectorProtection vectorProtection,
        List<String> sealedFields,
        List<String> searchableFields,
        Redaction redaction,
        Bounds bounds,
        Upstream upstream) {
    /** Header by which a guard tells a leakage test the revision of the configuration that it answered with. */
    public static final String REVISION_HEADER = "redoubt-revision";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addMixIn(Redaction.class, WithoutEmptyRecognizers.class)
            .addMixIn(Retrieval.class, WithoutNoTenant.class)
            .addMixIn(Bounds.class, WithoutOrdinaryReach.class)
            .addMixIn(GuardConfig.class, WithoutWhatIsNotAsked.class)
            .build();

    // guards of before read what asks for nothing new

    private interface WithoutEmptyRecognizers {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ExternalRecognizer> recognizers();
    }

    private interface WithoutNoTenant {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String tenant();
    }

    private interface WithoutOrdinaryReach {
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = OrdinaryReach.class)
        Integer offset();

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = OrdinaryReach.class)
        Integer candidates();
    }

    /** Equal to what is not written. */
    private static final class OrdinaryReach {
        @Override
        public boolean equals(Object value) {
            return value instanceof Integer number && number == Bounds.REACH;
        }

        @Override
        public int hashCode() {
            return Bounds.REACH;
        }
    }

    private interface WithoutWhatIsNotAsked {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        VectorProtection vectorProtection();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> searchableFields();

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = PlainUpstream.class)
        Upstream upstream();
    }

    /** Equal to what is not written. */
    private static final class PlainUpstream {
        @Override
        public boolean equals(Object value) {
            return Upstream.PLAIN.equals(value);
        }

        @Override
        public int hashCode() {
            return Upstream.PLAIN.hashCode();
        }
    }

    public GuardConfig {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(bounds, "bounds");
        clients = List.copyOf(clients);
        sealedFields = List.copyOf(sealedFields);
        searchableFields = searchableFields == null ? List.of() : List.copyOf(searchableFields);
        redaction = redaction == null ? Redaction.NONE : redaction;
        upstream = upstream == null ? Upstream.PLAIN : upstream;
        if ((retrieval == null) == (output == null)) {
            throw new IllegalArgumentException("a target is either a store (retrieval) or a model (output)");
        }
        String tenant = retrieval == null ? null : retrieval.tenant();
        if (tenant != null
                && (sealedFields.contains(tenant)
                        || searchableFields.contains(tenant)
                        || redaction.dropFields().contains(tenant))) {
            throw new IllegalArgumentException("the field of the tenant must be readable in the store");
        }
        for (String field : searchableFields) {
            if (sealedFields.contains(field) || redaction.dropFields().contains(field)) {
                throw new IllegalArgumentException(
                        "the field " + field + " is searchable, and encrypted or dropped too");
            }
        }
        if (vectorProtection != null && retrieval == null) {
            throw new IllegalArgumentException("vectors are protected in a store, not in a model");
        }
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Client client : clients) {
            if (!names.add(client.name())) {
                throw new IllegalArgumentException("two clients are named " + client.name());
            }
            for (String key : client.apiKeySha256()) {
                if (!keys.add(key)) {
                    throw new IllegalArgumentException("client " + client.name() + " shares an API key");
                }
            }
        }
    }

    /** A configuration in the making. */
    public static GuardConfigBuilder of(String namespace, String pipeline) {
        return new GuardConfigBuilder(namespace, pipeline);
    }

    /** This configuration, to be changed. */
    public GuardConfigBuilder with() {
        return new GuardConfigBuilder(this);
    }

    /** SHA-256 of this configuration as it is, in hexadecimal digits. */
    String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The canonical JSON form: members in the order of the components, no white space. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a configuration and checks that its revision is that of its content.
     *
     * @throws IOException where the bytes are no configuration of this version: nothing of it may then be used
     */
    public static GuardConfig parse(byte[] json) throws IOException {
        GuardConfig config = JSON.readValue(json, GuardConfig.class);
        if (!config.with().build().revision().equals(config.revision())) {
            throw new IOException("the configuration's revision is not that of its content");
        }
        return config;
    }
}
