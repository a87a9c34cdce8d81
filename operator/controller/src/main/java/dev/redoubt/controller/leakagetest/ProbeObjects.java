package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.OwnerReferences;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.injection.BoundedName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a leakage test: its specification, its jobs and the reports of its runs. */
final class ProbeObjects {
    /** Annotation by which a user asks for a run now; each new value is one run. */
    static final String RUN_NOW = "redoubt.dev/run-now";

    /** Annotation of the specification: the request that was carried out last. */
    static final String DONE = "redoubt.dev/run-now-done";

    /** Annotation of the specification: the configuration revision that was attacked without being asked. */
    static final String DONE_REVISION = "redoubt.dev/revision-done";

    /** Key of the specification in its ConfigMap. */
    static final String SPEC_KEY = "spec.json";

    /** Key of the report in its ConfigMap. */
    static final String REPORT_KEY = "report.json";

    /** Name of the probe's container. */
    static final String CONTAINER = "probe";

    /** A CronJob adds eleven characters to its name for a Job. */
    private static final int CRON_JOB_NAME = 52;

    private static final long CLEAN_UP_SECONDS = 180;
    private static final int KEPT_SECONDS = 86_400;
    private static final long USER = 65532;
    private static final int READABLE = 0444;
    private static final String SPEC_DIR = "/etc/redoubt/spec";
    private static final String KEYS_DIR = "/etc/redoubt/keys";

    private ProbeObjects() {}

    /** Name of the specification's ConfigMap and of the CronJob. */
    static String name(LeakageTest test) {
        return BoundedName.of("redoubt-leakage-" + test.getMetadata().getName(), CRON_JOB_NAME);
    }

    /** Labels of everything that belongs to a test. */
    static Map<String, String> labels(LeakageTest test) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(Labels.MANAGED_BY, Labels.REDOUBT);
        labels.put(Labels.LEAKAGE_TEST, BoundedName.of(test.getMetadata().getName()));
        return labels;
    }

    /**
     * The specification of the next run.
     *
     * @param annotations what was carried out already
     */
    static ConfigMap desiredSpec(LeakageTest test, RunSpec spec, Map<String, String> annotations) {
        return new ConfigMapBuilder()
                .withMetadata(meta(test, name(test)))
                .editMetadata()
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .endMetadata()
                .withData(Map.of(SPEC_KEY, spec.json()))
                .build();
    }

    /** The report of a run. */
    static ConfigMap desiredReport(LeakageTest test, String run, String report) {
        return new ConfigMapBuilder()
                .withMetadata(meta(test, reportName(test, run)))
                .editMetadata()
                .addToLabels(ReportStore.REPORT, ReportStore.FULL)
                .endMetadata()
                .withData(Map.of(REPORT_KEY, report))
                .build();
    }

    /** Name of the ConfigMap with the report of a run. */
    static String reportName(LeakageTest test, String run) {
        return BoundedName.of(run + ".report");
    }

    /**
     * The CronJob of a test with a schedule.
     *
     * @param suspended whether it waits, because a run is under way that it did not start
     */
    static CronJob desiredCronJob(LeakageTest test, ProbeClients clients, String image, boolean suspended) {
        return new CronJobBuilder()
                .withMetadata(meta(test, name(test)))
                .withNewSpec()
                .withSchedule(test.getSpec().schedule())
                .withTimeZone(test.getSpec().timeZone())
                .withConcurrencyPolicy("Forbid")
                .withSuspend(suspended)
                .withSuccessfulJobsHistoryLimit(3)
                .withFailedJobsHistoryLimit(3)
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(labels(test))
                .endMetadata()
                .withSpec(jobSpec(test, clients, image))
                .endJobTemplate()
                .endSpec()
                .build();
    }

    /**
     * A run that is not the schedule's.
     *
     * @param occasion what asked for it: one occasion is one run
     */
    static Job desiredJob(LeakageTest test, ProbeClients clients, String image, String occasion) {
        return new JobBuilder()
                .withMetadata(meta(test, name(test) + "-" + occasion))
                .withSpec(jobSpec(test, clients, image))
                .editSpec()
                .withTtlSecondsAfterFinished(KEPT_SECONDS)
                .endSpec()
                .build();
    }

    private static ObjectMeta meta(LeakageTest test, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(test.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels(test))
                .withOwnerReferences(OwnerReferences.controller(test))
                .build();
    }

    private static JobSpec jobSpec(LeakageTest test, ProbeClients clients, String image) {
        return new JobSpecBuilder()
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(
                        Durations.parse(test.getSpec().budget().duration()).toSeconds() + CLEAN_UP_SECONDS)
                .withTemplate(template(test, clients, image))
                .build();
    }

    private static PodTemplateSpec template(LeakageTest test, ProbeClients clients, String image) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels(test))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(image))
                .addNewVolume()
                .withName("spec")
                .withNewConfigMap()
                .withName(name(test))
                .withDefaultMode(READABLE)
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("keys")
                .withNewProjected()
                .withDefaultMode(READABLE)
                .addNewSource()
                .withNewSecret()
                .withName(clients.attackerSecret())
                .addNewItem("api-key", null, "attacker")
                .endSecret()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName(clients.writerSecret())
                .addNewItem("api-key", null, "writer")
                .endSecret()
                .endSource()
                .endProjected()
                .endVolume()
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("256Mi"))
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
    }

    private static Container container(String image) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withArgs("--spec", SPEC_DIR + "/" + SPEC_KEY, "--keys", KEYS_DIR)
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("512Mi")))
                .withLimits(Map.of("cpu", new Quantity("2"), "memory", new Quantity("1Gi")))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("spec")
                .withMountPath(SPEC_DIR)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("keys")
                .withMountPath(KEYS_DIR)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }
}
