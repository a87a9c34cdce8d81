package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.status.Finding.no;
import static dev.redoubt.controller.status.Finding.unknown;
import static dev.redoubt.controller.status.Finding.yes;
import static dev.redoubt.crds.ConditionType.BYPASS_DETECTED;
import static dev.redoubt.crds.ConditionType.CONFIG_LOADED;
import static dev.redoubt.crds.ConditionType.CONTROL_PLANE_ENCRYPTION;
import static dev.redoubt.crds.ConditionType.FIELD_ENCRYPTION;
import static dev.redoubt.crds.ConditionType.INJECTED;
import static dev.redoubt.crds.ConditionType.KEYS_CURRENT;
import static dev.redoubt.crds.ConditionType.NETWORK_POLICY_ENFORCED;
import static dev.redoubt.crds.ConditionType.QUARANTINED;
import static dev.redoubt.crds.ConditionType.RATE_LIMITED;
import static dev.redoubt.crds.ConditionType.READY;
import static dev.redoubt.crds.ConditionType.RECONCILING;
import static dev.redoubt.crds.ConditionType.STALLED;
import static dev.redoubt.crds.ConditionType.TRAFFIC_CAPTURED;
import static dev.redoubt.crds.ConditionType.VOLUME_ENCRYPTION;

import dev.redoubt.controller.guard.Capture;
import dev.redoubt.controller.pipeline.PipelineObservation.Trouble;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.controller.status.Truth;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipelineSpec;
import dev.redoubt.injection.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the conditions of a pipeline say about what was observed. Pure. */
final class PipelineStatus {
    private final PipelineObservation seen;
    private final boolean observing;
    private final List<PodObservation> pods;
    private final List<PodObservation> guarded;
    private final List<PodObservation> loaded;

    private PipelineStatus(PipelineObservation seen) {
        this.seen = seen;
        observing = seen.pipeline().getSpec().mode() == RagPipelineSpec.Mode.OBSERVE;
        pods = all(TargetObservation::pods);
        guarded = all(TargetObservation::guarded);
        loaded = all(TargetObservation::loaded);
    }

    /** One finding for each condition type. */
    static List<Finding> findings(PipelineObservation seen) {
        return new PipelineStatus(seen).findings();
    }

    /** Guarded pods of all pods, such as 3/3. */
    static String guarded(PipelineObservation seen) {
        PipelineStatus status = new PipelineStatus(seen);
        return status.guarded.size() + "/" + status.pods.size();
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(List.of(
                seen.policies(),
                injected(),
                trafficCaptured(),
                configLoaded(),
                keysCurrent(),
                fieldEncryption(),
                rateLimited()));
        Finding ready = ready(findings);
        findings.add(ready);
        findings.add(stalled(ready));
        findings.add(reconciling(ready));
        findings.add(networkPolicyEnforced());
        findings.add(bypassDetected());
        findings.add(seen.leakage());
        findings.add(unknown(
                VOLUME_ENCRYPTION,
                ConditionReason.UNKNOWN,
                "The storage classes of the workloads were not examined; fieldEncryption does not depend on them"));
        findings.add(unknown(
                CONTROL_PLANE_ENCRYPTION,
                ConditionReason.UNKNOWN,
                "Nothing in the Kubernetes API tells whether Secrets are encrypted at rest; ask who runs the cluster"));
        findings.add(no(QUARANTINED, ConditionReason.NOT_REQUESTED, "Nothing asks for a quarantine"));
        return findings;
    }

    /** Whether every target was looked at; where one was not, nothing holds for the whole pipeline. */
    private boolean complete() {
        return seen.targets().size() == Target.of(seen.pipeline()).size();
    }

    private Finding injected() {
        Optional<TargetObservation> hindered = seen.targets().stream()
                .filter(target -> target.obstacle().isPresent())
                .findFirst();
        if (hindered.isPresent()) {
            return no(
                    INJECTED,
                    ConditionReason.UNSUPPORTED,
                    count(guarded, "carry the guard") + ". "
                            + hindered.get().obstacle().get());
        }
        if (guarded.size() < pods.size()) {
            String waiting = seen.targets().stream()
                    .flatMap(target -> target.rollout().stream())
                    .findFirst()
                    .map(why -> "; " + why)
                    .orElse("; the others are replaced one at a time");
            return no(INJECTED, ConditionReason.ROLLING_OUT, count(guarded, "carry the guard") + waiting);
        }
        if (!complete()) {
            return no(
                    INJECTED,
                    ConditionReason.PENDING,
                    seen.targets().size() + " of " + Target.of(seen.pipeline()).size()
                            + " targets are looked after; see Ready");
        }
        Optional<TargetObservation> empty = seen.targets().stream()
                .filter(target -> target.pods().isEmpty())
                .findFirst();
        if (empty.isPresent()) {
            String workload = empty.get().target().workloadName();
            return no(
                    INJECTED,
                    ConditionReason.ARMED,
                    workload + (empty.get().present() ? " has no pods" : " does not exist")
                            + "; its first pod will be guarded as "
                            + empty.get().target().name());
        }
        return yes(INJECTED, ConditionReason.GUARDED, count(guarded, "carry the guard"));
    }

    private Finding trafficCaptured() {
        Optional<PodObservation> bypassed = with(Capture.BYPASSED);
        if (bypassed.isPresent()) {
            return no(
                    TRAFFIC_CAPTURED,
                    ConditionReason.BYPASSED,
                    "The application in pod " + bypassed.get().name()
                            + " answers beside its guard; make it listen on 127.0.0.1 alone, or, where it cannot, have the"
                            + " fence close its ports (mode Enforce, network.isolation Enforced)");
        }
        Optional<PodObservation> unprobed = with(Capture.NOT_PROBED);
        if (guarded.isEmpty() || unprobed.isPresent()) {
            return unknown(
                    TRAFFIC_CAPTURED,
                    ConditionReason.NOT_YET_PROBED,
                    unprobed.map(pod -> "Pod " + pod.name() + " could not be asked yet")
                            .orElse("There is no guarded pod yet"));
        }
        return yes(
                TRAFFIC_CAPTURED,
                ConditionReason.OBSERVED,
                count(guarded, "answer through the guard and on no relocated port"));
    }

    private Finding configLoaded() {
        if (seen.configRevision() == null) {
            return no(
                    CONFIG_LOADED,
                    ConditionReason.PENDING,
                    "There is no configuration for every target yet; see PoliciesResolved and KeysCurrent");
        }
        if (!seen.policies().holds()) {
            return no(
                    CONFIG_LOADED,
                    seen.policies().reason(),
                    "The guards have the configuration from before; see PoliciesResolved");
        }
        if (guarded.isEmpty()) {
            return unknown(CONFIG_LOADED, ConditionReason.NOT_YET_PROBED, "There is no guarded pod yet");
        }
        if (loaded.size() < guarded.size()) {
            String missing = guarded.stream()
                    .filter(pod -> !pod.loaded())
                    .findFirst()
                    .map(PodObservation::name)
                    .orElseThrow();
            return no(
                    CONFIG_LOADED,
                    ConditionReason.PENDING,
                    loaded.size() + " of " + guarded.size() + " guards acknowledged revision " + shortRevision()
                            + "; pod " + missing + " did not, see the log of its container redoubt-guard");
        }
        return yes(
                CONFIG_LOADED,
                ConditionReason.ACKNOWLEDGED,
                loaded.size() + " of " + guarded.size() + " guards acknowledged revision " + shortRevision());
    }

    private Finding keysCurrent() {
        if (seen.keyTrouble().isPresent()) {
            return no(
                    KEYS_CURRENT,
                    seen.keyTrouble().get().reason(),
                    seen.keyTrouble().get().message());
        }
        return complete()
                ? yes(KEYS_CURRENT, ConditionReason.VALID, "Every key is at its active version")
                : unknown(KEYS_CURRENT, ConditionReason.PENDING, "Not every target's keys were looked at; see Ready");
    }

    private Finding fieldEncryption() {
        boolean sealed = seen.targets().stream().anyMatch(target -> target.keyVersion() != null);
        boolean searchable = seen.pipeline().getSpec().vectorStores().stream()
                .anyMatch(store -> !store.fieldEncryption().searchable().isEmpty());
        String message = "The named fields are encrypted before they are stored";
        return inForce(
                FIELD_ENCRYPTION,
                sealed || searchable,
                searchable
                        ? message + "; who sees the store sees which values of searchable fields are equal"
                        : message);
    }

    private Finding rateLimited() {
        boolean requested = seen.pipeline().getSpec().clients().stream()
                .anyMatch(client -> client.limits().requestsPerMinute() != null);
        return inForce(RATE_LIMITED, requested, "The limits of the clients are in force, counted by each guard");
    }

    /** A duty of the guards: done where all of them acknowledged the configuration that asks for it. */
    private Finding inForce(ConditionType type, boolean requested, String message) {
        if (!requested) {
            return no(type, ConditionReason.NOT_REQUESTED, "The spec does not ask for it");
        }
        if (observing) {
            return no(type, ConditionReason.OBSERVING, "The mode is Observe: nothing is changed or refused");
        }
        Finding config = configLoaded();
        return new Finding(type, config.truth(), config.reason(), config.holds() ? message : "See ConfigLoaded");
    }

    private Finding ready(List<Finding> needed) {
        Optional<Trouble> trouble = seen.trouble().or(seen::keyTrouble);
        if (trouble.isPresent()) {
            return no(READY, trouble.get().reason(), trouble.get().message());
        }
        Optional<Finding> missing = needed.stream()
                .filter(finding -> !finding.holds())
                .filter(finding -> finding.reason() != ConditionReason.NOT_REQUESTED
                        && finding.reason() != ConditionReason.OBSERVING)
                .findFirst();
        if (missing.isPresent()) {
            return no(
                    READY,
                    missing.get().reason(),
                    missing.get().type().value() + ": " + missing.get().message());
        }
        return observing
                ? yes(READY, ConditionReason.OBSERVING, "Every pod is observed; nothing is changed or refused")
                : yes(READY, ConditionReason.GUARDED, "Every pod is guarded and has the current configuration");
    }

    private Finding stalled(Finding ready) {
        boolean stalled = seen.trouble().isPresent()
                || seen.keyTrouble().isPresent()
                || ready.reason() == ConditionReason.UNSUPPORTED
                || seen.policies().truth() == Truth.FALSE;
        return stalled
                ? yes(STALLED, ready.reason(), ready.message())
                : no(STALLED, ConditionReason.VALID, "Nothing waits for a change of the spec");
    }

    private Finding reconciling(Finding ready) {
        boolean waiting = ready.holds()
                || stalled(ready).holds()
                || ready.reason() == ConditionReason.ARMED
                || ready.reason() == ConditionReason.BYPASSED;
        return waiting
                ? no(RECONCILING, ready.reason(), "Nothing is under way")
                : yes(RECONCILING, ConditionReason.PENDING, ready.message());
    }

    private Finding networkPolicyEnforced() {
        String whatIsThere = complete() ? "The NetworkPolicies are there" : "Not every target has its NetworkPolicies";
        return Fence.requested(seen.pipeline().getSpec())
                ? unknown(
                        NETWORK_POLICY_ENFORCED,
                        ConditionReason.NOT_YET_PROBED,
                        whatIsThere + "; whether the cluster enforces them was not tried")
                : no(NETWORK_POLICY_ENFORCED, ConditionReason.NOT_REQUESTED, "The spec does not ask for a fence");
    }

    private Finding bypassDetected() {
        return with(Capture.BYPASSED)
                .map(pod -> yes(
                        BYPASS_DETECTED,
                        ConditionReason.BYPASSED,
                        "Pod " + pod.name() + " was reached around its guard; see TrafficCaptured"))
                .orElseGet(() -> unknown(
                        BYPASS_DETECTED,
                        ConditionReason.NOT_YET_PROBED,
                        "Only the relocated ports were tried as a way around the guards"));
    }

    private Optional<PodObservation> with(Capture capture) {
        return guarded.stream().filter(pod -> pod.capture() == capture).findFirst();
    }

    private String count(List<PodObservation> some, String what) {
        return some.size() + " of " + pods.size() + " pods " + what;
    }

    private String shortRevision() {
        return seen.configRevision()
                .substring(0, Math.min(12, seen.configRevision().length()));
    }

    private List<PodObservation> all(Function<TargetObservation, List<PodObservation>> part) {
        return seen.targets().stream().map(part).flatMap(List::stream).toList();
    }
}
