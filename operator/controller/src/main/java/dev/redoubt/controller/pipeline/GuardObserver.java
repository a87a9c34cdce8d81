package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.guard.Capture;
import dev.redoubt.controller.guard.CaptureProbe;
import dev.redoubt.controller.guard.GuardAdmin;
import dev.redoubt.controller.guard.GuardedPod;
import dev.redoubt.injection.GuardState;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.profiles.Profile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives guards their configuration and looks whether they capture their pods' traffic. What a process of a guard
 * answered is believed for a while, and asked again then.
 */
final class GuardObserver {
    private static final Duration BELIEVED = Duration.ofMinutes(5);

    private final GuardAdmin admin;
    private final CaptureProbe probe;
    private final Clock clock;
    private final Map<String, Acknowledgement> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Instant> captured = new ConcurrentHashMap<>();

    GuardObserver(GuardAdmin admin, CaptureProbe probe, Clock clock) {
        this.admin = admin;
        this.probe = probe;
        this.clock = clock;
    }

    /**
     * Observes the pods of a target, all at once.
     *
     * @param pods its pods
     * @param config the configuration that they shall have; empty where there is none
     * @param profile the target's profile
     */
    List<PodObservation> observe(List<GuardedPod> pods, Optional<GuardConfig> config, Profile profile) {
        Instant old = clock.instant().minus(BELIEVED);
        acknowledged.values().removeIf(answer -> answer.at().isBefore(old));
        captured.values().removeIf(at -> at.isBefore(old));
        return pods.stream().map(pod -> ask(pod, config, profile)).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private CompletableFuture<PodObservation> ask(GuardedPod pod, Optional<GuardConfig> config, Profile profile) {
        Optional<String> process = pod.guardProcess();
        Optional<String> address = pod.address();
        CompletableFuture<Boolean> loaded = CompletableFuture.completedFuture(false);
        CompletableFuture<Capture> capture = CompletableFuture.completedFuture(Capture.NOT_PROBED);
        if (pod.state() == GuardState.CURRENT && process.isPresent() && address.isPresent() && config.isPresent()) {
            loaded = push(process.get(), address.get(), config.get());
            boolean enforced = config.get().mode() == Mode.Enforce;
            // a guard refuses without a key only once it has a configuration
            capture = loaded.thenCompose(is -> Boolean.TRUE.equals(is)
                    ? look(process.get(), address.get(), pod, profile, enforced)
                    : CompletableFuture.completedFuture(Capture.NOT_PROBED));
        }
        return loaded.thenCombine(
                capture, (is, seen) -> new PodObservation(pod.name(), pod.state(), pod.ready(), is, seen));
    }

    private CompletableFuture<Boolean> push(String process, String address, GuardConfig config) {
        Acknowledgement known = acknowledged.get(process);
        if (known != null && known.revision().equals(config.revision())) {
            return CompletableFuture.completedFuture(true);
        }
        return admin.push(address, config).thenApply(loaded -> {
            if (loaded) {
                acknowledged.put(process, new Acknowledgement(config.revision(), clock.instant()));
            } else {
                acknowledged.remove(process);
            }
            return loaded;
        });
    }

    private CompletableFuture<Capture> look(
            String process, String address, GuardedPod pod, Profile profile, boolean enforced) {
        String key = process + "/" + enforced;
        if (captured.containsKey(key)) {
            return CompletableFuture.completedFuture(Capture.CAPTURED);
        }
        CompletableFuture<Capture> worst =
                CompletableFuture.completedFuture(pod.ports().isEmpty() ? Capture.NOT_PROBED : Capture.CAPTURED);
        for (GuardedPod.TakenPort port : pod.ports()) {
            worst = worst.thenCombine(
                    probe.probe(address, port.listen(), port.upstream(), profile, enforced), GuardObserver::worse);
        }
        return worst.thenApply(seen -> {
            if (seen == Capture.CAPTURED) {
                captured.put(key, clock.instant());
            }
            return seen;
        });
    }

    private static Capture worse(Capture one, Capture other) {
        if (one == Capture.BYPASSED || other == Capture.BYPASSED) {
            return Capture.BYPASSED;
        }
        return one == Capture.CAPTURED ? other : one;
    }

    private record Acknowledgement(String revision, Instant at) {}
}
