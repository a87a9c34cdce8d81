package dev.redoubt.policy;

import java.util.List;

/**
 * A {@link GuardConfig} in the making. It enforces, knows nobody, redacts nothing and has the usual bounds, until it is
 * told otherwise. Where nothing else is said, a method takes what the component of its name is.
 */
public final class GuardConfigBuilder {
    private final String namespace;
    private final String pipeline;
    private String target;
    private String profile;
    private Mode mode = Mode.Enforce;
    private List<Client> clients = List.of();
    private Retrieval retrieval;
    private Output output;
    private VectorProtection vectorProtection;
    private List<String> sealedFields = List.of();
    private List<String> searchableFields = List.of();
    private Redaction redaction = Redaction.NONE;
    private Bounds bounds = Bounds.DEFAULT;
    private Upstream upstream = Upstream.PLAIN;

    GuardConfigBuilder(String namespace, String pipeline) {
        this.namespace = namespace;
        this.pipeline = pipeline;
    }

    GuardConfigBuilder(GuardConfig config) {
        this(config.namespace(), config.pipeline());
        target = config.target();
        profile = config.profile();
        mode = config.mode();
        clients = config.clients();
        retrieval = config.retrieval();
        output = config.output();
        vectorProtection = config.vectorProtection();
        sealedFields = config.sealedFields();
        searchableFields = config.searchableFields();
        redaction = config.redaction();
        bounds = config.bounds();
        upstream = config.upstream();
    }

    public GuardConfigBuilder target(String value) {
        target = value;
        return this;
    }

    public GuardConfigBuilder profile(String value) {
        profile = value;
        return this;
    }

    public GuardConfigBuilder mode(Mode value) {
        mode = value;
        return this;
    }

    public GuardConfigBuilder clients(List<Client> value) {
        clients = value;
        return this;
    }

    public GuardConfigBuilder retrieval(Retrieval value) {
        retrieval = value;
        return this;
    }

    public GuardConfigBuilder output(Output value) {
        output = value;
        return this;
    }

    public GuardConfigBuilder vectorProtection(VectorProtection value) {
        vectorProtection = value;
        return this;
    }

    public GuardConfigBuilder sealedFields(List<String> value) {
        sealedFields = value;
        return this;
    }

    public GuardConfigBuilder searchableFields(List<String> value) {
        searchableFields = value;
        return this;
    }

    public GuardConfigBuilder redaction(Redaction value) {
        redaction = value;
        return this;
    }

    public GuardConfigBuilder bounds(Bounds value) {
        bounds = value;
        return this;
    }

    public GuardConfigBuilder upstream(Upstream value) {
        upstream = value;
        return this;
    }

    /**
     * The configuration, with the revision of its content.
     *
     * @throws IllegalArgumentException where what was said does not fit together
     */
    public GuardConfig build() {
        GuardConfig content = revised("");
        return revised(content.digest());
    }

    private GuardConfig revised(String revision) {
        return new GuardConfig(
                revision,
                namespace,
                pipeline,
                target,
                profile,
                mode,
                clients,
                retrieval,
                output,
                vectorProtection,
                sealedFields,
                searchableFields,
                redaction,
                bounds,
                upstream);
    }
}
