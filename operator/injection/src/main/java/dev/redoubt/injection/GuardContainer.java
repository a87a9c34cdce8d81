package dev.redoubt.injection;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Map;

/**
 * The guard as it stands in a pod. Everything that the API server would fill in is written out, so that a pod that was
 * injected, stored and read again still compares equal.
 */
public final class GuardContainer {
    /** Name of the guard's container and of the volume with its configuration and keys. */
    public static final String NAME = "redoubt-guard";

    /** Label of guarded pods, whose value is {@link Target#guardLabel()}. */
    public static final String LABEL = "redoubt.dev/guard";

    /** Annotation of guarded pods: hash of all that was injected. */
    public static final String ANNOTATION = "redoubt.dev/injection";

    /** Port of the mutually authenticated admin API. */
    public static final int ADMIN_PORT = 15090;

    /** Port of health and metrics. */
    public static final int HEALTH_PORT = 15091;

    /** Directory of the configuration and the keys. */
    public static final String CONFIG_DIR = "/etc/redoubt";

    static final String SCRATCH_VOLUME = "redoubt-guard-scratch";
    static final String PORTS_VARIABLE = "REDOUBT_PORTS";

    private static final String TOKEN_DIR = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final long USER = 65532;
    // The volume is mounted into this container alone, whose user is not the owner of the files, and a pod's fsGroup
    // is not ours to set.
    private static final int READABLE = 0444;

    private GuardContainer() {}

    static Container of(Target target, List<GuardPort> ports, String image) {
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withRestartPolicy("Always")
                .withEnv(
                        variable("REDOUBT_NAMESPACE", target.namespace()),
                        variable("REDOUBT_PIPELINE", target.pipeline()),
                        variable("REDOUBT_TARGET", target.name()),
                        variable(PORTS_VARIABLE, GuardPort.format(ports)))
                .addNewPort()
                .withName("redoubt-admin")
                .withContainerPort(ADMIN_PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("redoubt-health")
                .withContainerPort(HEALTH_PORT)
                .withProtocol("TCP")
                .endPort()
                // Liveness alone starts the application: readiness asks it, and it starts after the guard.
                .withStartupProbe(probe("/livez", 1, 2, 120))
                .withReadinessProbe(probe("/readyz", 2, 2, 2))
                .withLivenessProbe(probe("/livez", 10, 5, 3))
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi")))
                .withLimits(Map.of("cpu", new Quantity("2"), "memory", new Quantity("512Mi")))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withReadOnlyRootFilesystem(true)
                .withRunAsGroup(USER)
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withTerminationMessagePath("/dev/termination-log")
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .addNewVolumeMount()
                .withName(NAME)
                .withMountPath(CONFIG_DIR)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(SCRATCH_VOLUME)
                .withMountPath("/tmp")
                .withSubPath("tmp")
                .endVolumeMount()
                // An empty directory there keeps the API server from mounting the pod's token into the guard.
                .addNewVolumeMount()
                .withName(SCRATCH_VOLUME)
                .withMountPath(TOKEN_DIR)
                .withSubPath("no-token")
                .withReadOnly(true)
                .endVolumeMount()
                .build();
    }

    static List<Volume> volumes(Target target) {
        Volume config = new VolumeBuilder()
                .withName(NAME)
                .withNewProjected()
                .withDefaultMode(READABLE)
                .addNewSource()
                .withNewConfigMap()
                .withName(target.guardObject())
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName(target.guardObject())
                .endSecret()
                .endSource()
                .endProjected()
                .build();
        Volume scratch = new VolumeBuilder()
                .withName(SCRATCH_VOLUME)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("64Mi"))
                .endEmptyDir()
                .build();
        return List.of(config, scratch);
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static Probe probe(String path, int period, int timeout, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(HEALTH_PORT)
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(timeout)
                .withSuccessThreshold(1)
                .withFailureThreshold(failures)
                .build();
    }
}
