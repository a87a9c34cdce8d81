package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.guard.GuardAdmin;
import dev.redoubt.controller.guard.GuardConfigMap;
import dev.redoubt.controller.guard.GuardedPod;
import dev.redoubt.controller.pki.AuthorityStore;
import dev.redoubt.controller.pki.CertificateAuthority;
import dev.redoubt.controller.pki.IssuedCertificate;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.GuardState;
import dev.redoubt.injection.InjectionDecision;
import dev.redoubt.injection.Injector;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.database.RoleScript;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profile.Protocol;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Brings one target to what the spec says, one step at a time, and tells what it saw. */
final class TargetReconciler {
    private final ObjectWriter writer;
    private final AuthorityStore authorities;
    private final Injector injector;
    private final Evictor evictor;
    private final GuardObserver observer;
    private final String operatorNamespace;
    private final Clock clock;

    TargetReconciler(
            ObjectWriter writer,
            AuthorityStore authorities,
            Injector injector,
            Evictor evictor,
            GuardObserver observer,
            String operatorNamespace,
            Clock clock) {
        this.writer = writer;
        this.authorities = authorities;
        this.injector = injector;
        this.evictor = evictor;
        this.observer = observer;
        this.operatorNamespace = operatorNamespace;
        this.clock = clock;
    }

    /**
     * One step.
     *
     * @param compiled the configuration; empty where it cannot be compiled now, and then the last one stays
     * @param recognizers what that configuration makes guards ask
     * @param upstream how its guards speak to it
     * @param keyring the key ring; empty where a key is missing, and then the last one stays
     */
    TargetObservation reconcile(
            RagPipeline pipeline,
            Target target,
            Profile profile,
            Optional<GuardConfig> compiled,
            List<RecognizerService> recognizers,
            UpstreamResolution upstream,
            Optional<Keyring> keyring,
            PipelineSnapshot snapshot) {
        Optional<GuardConfig> config = config(pipeline, target, compiled, snapshot);
        boolean hasSecret = secret(pipeline, target, profile, config, upstream, keyring, snapshot);
        List<GuardedPod> pods = snapshot.pods().getOrDefault(target.workload(), List.of()).stream()
                .map(pod -> new GuardedPod(pod, injector.stateOf(pod, target)))
                .toList();
        Optional<Workload> workload = Optional.ofNullable(snapshot.workloads().get(target.workload()));
        fence(
                Fence.desired(pipeline, target, workload, guardedPorts(profile, pods), recognizers, operatorNamespace),
                compiled.isPresent(),
                snapshot);

        List<GuardedPod> live = pods.stream().filter(pod -> !pod.ending()).toList();
        Optional<String> obstacle = obstacle(pipeline, live);
        Optional<String> waiting = Optional.empty();
        if (obstacle.isEmpty() && workload.isPresent()) {
            // a new pod could not start without configuration and keys, so the old one stays until they are there
            if (config.isEmpty() || !hasSecret) {
                waiting = Optional.of("no pod is replaced before there are configuration and keys");
            } else if (upstream.trouble().isPresent()) {
                waiting = Optional.of("no pod is replaced before its guard can speak to it; see Ready");
            } else {
                waiting = step(workload.get(), pods);
            }
        }
        return new TargetObservation(
                target,
                workload.isPresent(),
                observer.observe(live, config, profile),
                config.map(GuardConfig::revision),
                keyring.filter(ring -> ring.active() > 0).map(Keyring::active).orElse(null),
                waiting,
                obstacle);
    }

    private Optional<GuardConfig> config(
            RagPipeline pipeline, Target target, Optional<GuardConfig> compiled, PipelineSnapshot snapshot) {
        Optional<ConfigMap> before = snapshot.configMap(target.guardObject());
        if (compiled.isPresent()) {
            writer.write(GuardConfigMap.desired(pipeline, target, compiled.get()), before);
            return compiled;
        }
        return before.map(ConfigMap::getData)
                .map(data -> data.get(GuardConfigMap.KEY))
                .flatMap(json -> {
                    try {
                        return Optional.of(GuardConfig.parse(json.getBytes(StandardCharsets.UTF_8)));
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    private boolean secret(
            RagPipeline pipeline,
            Target target,
            Profile profile,
            Optional<GuardConfig> config,
            UpstreamResolution upstream,
            Optional<Keyring> keyring,
            PipelineSnapshot snapshot) {
        Optional<Secret> before = snapshot.secret(target.guardObject());
        if (keyring.isEmpty()) {
            return before.isPresent();
        }
        CertificateAuthority authority = authorities.authority();
        List<String> names = List.of(GuardAdmin.serverName(target.namespace(), target.pipeline(), target.name()));
        IssuedCertificate certificate = before.map(AuthorityStore::certificate)
                .filter(issued -> authority.current(issued, names, clock))
                .orElseGet(() -> authority.issue("redoubt-guard", names, CertificateAuthority.Usage.SERVER, clock));
        try {
            Optional<byte[]> credential = upstream.credential().isPresent()
                    ? Optional.of(upstream.credential().get().json())
                    : Optional.empty();
            writer.write(
                    GuardSecret.desired(
                            pipeline,
                            target,
                            keyring.get().json(),
                            certificate,
                            authority.certificatePem(),
                            credential,
                            roles(profile, config, keyring.get())),
                    before);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the Secret of " + target.name() + " cannot be written", e);
        }
    }

    /** The SQL that a person runs in the database of a target; empty where it is none. */
    private static Optional<String> roles(Profile profile, Optional<GuardConfig> config, Keyring keyring) {
        return profile.speaks(Protocol.Postgres)
                ? config.map(known -> RoleScript.of(known, keyring))
                : Optional.empty();
    }

    private static Collection<Integer> guardedPorts(Profile profile, List<GuardedPod> pods) {
        Collection<Integer> ports = pods.stream()
                .filter(pod -> pod.state() != GuardState.UNGUARDED)
                .flatMap(pod -> pod.ports().stream())
                .map(GuardedPod.TakenPort::listen)
                .distinct()
                .toList();
        // until somebody knows on which ports the pods will listen, those of the engine are the likely ones
        return ports.isEmpty()
                ? profile.ports().stream().map(Profile.Port::number).toList()
                : ports;
    }

    /** @param known whether it is known what guards ask; where it is not, they keep what they have, and their way out too */
    private void fence(List<NetworkPolicy> desired, boolean known, PipelineSnapshot snapshot) {
        for (NetworkPolicy policy : desired) {
            Optional<NetworkPolicy> before = Optional.ofNullable(
                    snapshot.networkPolicies().get(policy.getMetadata().getName()));
            if (known || before.isEmpty() || !Fence.leadsOut(before.get(), policy)) {
                writer.write(policy, before);
            }
        }
    }

    /** Why the replacement of an unguarded pod would be refused; such a pod is left alone. */
    private Optional<String> obstacle(RagPipeline pipeline, List<GuardedPod> live) {
        return live.stream()
                .filter(pod -> pod.state() == GuardState.UNGUARDED)
                .map(GuardedPod::pod)
                .map(pod -> decide(pod, pipeline))
                .filter(InjectionDecision.Reject.class::isInstance)
                .map(decision -> ((InjectionDecision.Reject) decision).message())
                .findFirst();
    }

    private InjectionDecision decide(Pod pod, RagPipeline pipeline) {
        return injector.decide(pod, pipeline.getMetadata().getNamespace(), List.of(pipeline));
    }

    private Optional<String> step(Workload workload, List<GuardedPod> pods) {
        Rollout next = Rollout.next(workload.replicas(), pods);
        if (next instanceof Rollout.Evict evict) {
            return Optional.of(evictor.evict(evict.pod().pod()));
        }
        return next instanceof Rollout.Wait wait ? Optional.of(wait.why()) : Optional.empty();
    }
}
