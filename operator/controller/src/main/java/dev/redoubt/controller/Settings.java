package dev.redoubt.controller;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the operator is told by its Deployment. */
@ApplicationScoped
public class Settings {
    private final String operatorNamespace;
    private final String guardImage;
    private final String probeImage;

    /**
     * @param operatorNamespace REDOUBT_OPERATOR_NAMESPACE: where the operator runs and keeps its authority
     * @param guardImage REDOUBT_GUARD_IMAGE: image of the sidecar that pods must have to count as guarded
     * @param probeImage REDOUBT_PROBE_IMAGE: image of the jobs of leakage tests
     */
    public Settings(
            @ConfigProperty(name = "redoubt.operator-namespace") String operatorNamespace,
            @ConfigProperty(name = "redoubt.guard-image") String guardImage,
            @ConfigProperty(name = "redoubt.probe-image") String probeImage) {
        this.operatorNamespace = Objects.requireNonNull(operatorNamespace);
        this.guardImage = Objects.requireNonNull(guardImage);
        this.probeImage = Objects.requireNonNull(probeImage);
    }

    /** Namespace that the operator runs in. */
    public String operatorNamespace() {
        return operatorNamespace;
    }

    /** Image of the guard. */
    public String guardImage() {
        return guardImage;
    }

    /** Image of the probe. */
    public String probeImage() {
        return probeImage;
    }
}
