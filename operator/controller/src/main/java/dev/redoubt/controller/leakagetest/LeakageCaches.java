package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.Labels;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.BoundedName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the reconciler of leakage tests watches, and how an event finds the tests that it concerns. */
final class LeakageCaches {
    private static final String BY_LABEL = "label";
    private static final String BY_PIPELINE = "pipeline";

    private final IndexedResourceCache<LeakageTest> tests;
    private final InformerEventSource<RagPipeline, LeakageTest> pipelines;
    private final InformerEventSource<ConfigMap, LeakageTest> configMaps;
    private final InformerEventSource<Secret, LeakageTest> secrets;
    private final InformerEventSource<CronJob, LeakageTest> cronJobs;
    private final InformerEventSource<Job, LeakageTest> jobs;

    LeakageCaches(EventSourceContext<LeakageTest> context) {
        tests = context.getPrimaryCache();
        context.getPrimaryCache()
                .addIndexer(
                        BY_LABEL,
                        test -> List.of(test.getMetadata().getNamespace() + "/"
                                + BoundedName.of(test.getMetadata().getName())));
        context.getPrimaryCache()
                .addIndexer(
                        BY_PIPELINE,
                        test -> test.getSpec() == null
                                ? List.of()
                                : List.of(test.getMetadata().getNamespace() + "/"
                                        + test.getSpec().pipeline().name()));
        pipelines = watch(
                context,
                RagPipeline.class,
                null,
                pipeline -> by(BY_PIPELINE, pipeline, pipeline.getMetadata().getName()));
        configMaps = watch(context, ConfigMap.class, Labels.SELECTOR, this::concerned);
        secrets = watch(context, Secret.class, Labels.SELECTOR + "," + Labels.LEAKAGE_TEST, this::concerned);
        cronJobs = watch(context, CronJob.class, Labels.SELECTOR, this::concerned);
        jobs = watch(context, Job.class, Labels.SELECTOR, this::concerned);
    }

    List<EventSource<?, LeakageTest>> eventSources() {
        return List.of(pipelines, configMaps, secrets, cronJobs, jobs);
    }

    Optional<RagPipeline> pipeline(LeakageTest test) {
        return pipelines.get(id(test, test.getSpec().pipeline().name()));
    }

    LeakageSnapshot snapshot(LeakageTest test) {
        String namespace = test.getMetadata().getNamespace();
        Map<String, ConfigMap> maps = new TreeMap<>();
        configMaps
                .list(namespace, any -> true)
                .forEach(map -> maps.put(map.getMetadata().getName(), map));
        Map<String, Secret> keys = new TreeMap<>();
        secrets.list(namespace, secret -> belongs(secret, test))
                .forEach(secret -> keys.put(secret.getMetadata().getName(), secret));
        return new LeakageSnapshot(
                maps,
                keys,
                cronJobs.get(id(test, ProbeObjects.name(test))),
                jobs.list(namespace, job -> belongs(job, test)).toList());
    }

    List<ConfigMap> reports(LeakageTest test) {
        return configMaps
                .list(
                        test.getMetadata().getNamespace(),
                        map -> belongs(map, test)
                                && ReportStore.FULL.equals(
                                        map.getMetadata().getLabels().get(ReportStore.REPORT)))
                .toList();
    }

    private static boolean belongs(HasMetadata object, LeakageTest test) {
        return BoundedName.of(test.getMetadata().getName())
                .equals(object.getMetadata().getLabels().get(Labels.LEAKAGE_TEST));
    }

    private static ResourceID id(LeakageTest test, String name) {
        return new ResourceID(name, test.getMetadata().getNamespace());
    }

    /** An object of a test concerns that test, a configuration of a pipeline all tests that attack it. */
    private Set<ResourceID> concerned(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String test = labels.get(Labels.LEAKAGE_TEST);
        if (test != null) {
            return by(BY_LABEL, object, test);
        }
        String pipeline = labels.get(Labels.PIPELINE);
        return pipeline == null ? Set.of() : by(BY_PIPELINE, object, pipeline);
    }

    private Set<ResourceID> by(String index, HasMetadata object, String name) {
        return tests.byIndex(index, object.getMetadata().getNamespace() + "/" + name).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static <R extends HasMetadata> InformerEventSource<R, LeakageTest> watch(
            EventSourceContext<LeakageTest> context,
            Class<R> type,
            String selector,
            SecondaryToPrimaryMapper<R> mapper) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, LeakageTest.class)
                        .withLabelSelector(selector)
                        .withSecondaryToPrimaryMapper(mapper)
                        .withNamespacesInheritedFromController()
                        .withComparableResourceVersion(false)
                        .build(),
                context);
    }
}
