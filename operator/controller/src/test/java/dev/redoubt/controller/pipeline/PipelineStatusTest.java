package dev.redoubt.controller.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.guard.Capture;
import dev.redoubt.controller.pipeline.PipelineObservation.Trouble;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.controller.status.Truth;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.injection.GuardState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineStatusTest {
    /** Conditions that must be True, or not asked for, before a pipeline is Ready. */
    private static final Set<ConditionType> NEEDED = EnumSet.of(
            ConditionType.POLICIES_RESOLVED,
            ConditionType.INJECTED,
            ConditionType.TRAFFIC_CAPTURED,
            ConditionType.CONFIG_LOADED,
            ConditionType.KEYS_CURRENT,
            ConditionType.FIELD_ENCRYPTION,
            ConditionType.RATE_LIMITED);

    /**
     * @param what what is otherwise
     * @param seen makes it so
     * @param ready the condition Ready
     * @param reason its reason
     * @param names what its message names: the object at fault, and the next step or what is waited for
     */
    record Row(String what, Consumer<Seen> seen, Truth ready, ConditionReason reason, String... names) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> rows() {
        Trouble claimed = new Trouble(
                ConditionReason.CLAIMED_BY_OTHER, "Deployment/chroma is claimed by RagPipeline elder; remove docs");
        Trouble missing =
                new Trouble(ConditionReason.KEY_MISSING, "Secret redoubt-key is gone; restore it from a backup");
        return Stream.of(
                new Row("nothing", seen -> {}, Truth.TRUE, ConditionReason.GUARDED, "Every pod is guarded"),
                new Row(
                        "only observed",
                        seen -> seen.pipeline = Seen.pipeline("Observe"),
                        Truth.TRUE,
                        ConditionReason.OBSERVING,
                        "nothing is changed or refused"),
                new Row(
                        "policy missing",
                        seen -> seen.policies = Finding.no(
                                ConditionType.POLICIES_RESOLVED,
                                ConditionReason.POLICY_NOT_FOUND,
                                "RedactionPolicy pii does not exist; create it"),
                        Truth.FALSE,
                        ConditionReason.POLICY_NOT_FOUND,
                        "RedactionPolicy pii",
                        "create it"),
                new Row(
                        "workload absent",
                        seen -> {
                            seen.present = false;
                            seen.pods = List.of();
                        },
                        Truth.FALSE,
                        ConditionReason.ARMED,
                        "Deployment/chroma does not exist",
                        "will be guarded as docs"),
                new Row(
                        "workload without pods",
                        seen -> seen.pods = List.of(),
                        Truth.FALSE,
                        ConditionReason.ARMED,
                        "Deployment/chroma has no pods",
                        "will be guarded as docs"),
                new Row(
                        "pod without guard",
                        seen -> seen.pod(GuardState.UNGUARDED, false, Capture.NOT_PROBED),
                        Truth.FALSE,
                        ConditionReason.ROLLING_OUT,
                        "0 of 1 pods",
                        "replaced one at a time"),
                new Row(
                        "pod with an old guard",
                        seen -> {
                            seen.pod(GuardState.OUTDATED, true, Capture.CAPTURED);
                            seen.rollout = Optional.of("pod chroma-1 is ending");
                        },
                        Truth.FALSE,
                        ConditionReason.ROLLING_OUT,
                        "0 of 1 pods",
                        "pod chroma-1 is ending"),
                new Row(
                        "pod that cannot be guarded",
                        seen -> {
                            seen.pod(GuardState.UNGUARDED, false, Capture.NOT_PROBED);
                            seen.obstacle = Optional.of("Pod uses hostNetwork; remove it");
                        },
                        Truth.FALSE,
                        ConditionReason.UNSUPPORTED,
                        "hostNetwork",
                        "remove it"),
                new Row(
                        "way around the guard",
                        seen -> seen.pod(GuardState.CURRENT, true, Capture.BYPASSED),
                        Truth.FALSE,
                        ConditionReason.BYPASSED,
                        "pod chroma-1",
                        "127.0.0.1"),
                new Row(
                        "capture not probed",
                        seen -> seen.pod(GuardState.CURRENT, true, Capture.NOT_PROBED),
                        Truth.FALSE,
                        ConditionReason.NOT_YET_PROBED,
                        "Pod chroma-1 could not be asked"),
                new Row(
                        "configuration not loaded",
                        seen -> seen.pod(GuardState.CURRENT, false, Capture.CAPTURED),
                        Truth.FALSE,
                        ConditionReason.PENDING,
                        "pod chroma-1",
                        "log of its container redoubt-guard"),
                new Row(
                        "no configuration",
                        seen -> seen.revision = null,
                        Truth.FALSE,
                        ConditionReason.PENDING,
                        "see PoliciesResolved"),
                new Row(
                        "key missing",
                        seen -> seen.keyTrouble = Optional.of(missing),
                        Truth.FALSE,
                        ConditionReason.KEY_MISSING,
                        "Secret redoubt-key",
                        "restore it"),
                new Row(
                        "key missing and no workload",
                        seen -> {
                            seen.keyTrouble = Optional.of(missing);
                            seen.pods = List.of();
                        },
                        Truth.FALSE,
                        ConditionReason.KEY_MISSING,
                        "Secret redoubt-key",
                        "restore it"),
                new Row(
                        "claimed by an older one",
                        seen -> {
                            seen.trouble = Optional.of(claimed);
                            seen.observed = false;
                            seen.revision = null;
                        },
                        Truth.FALSE,
                        ConditionReason.CLAIMED_BY_OTHER,
                        "RagPipeline elder",
                        "remove docs"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void readySaysWhatIsSeen(Row row) {
        Seen seen = new Seen();
        row.seen().accept(seen);

        Finding ready = of(seen.findings(), ConditionType.READY);

        assertThat(ready.truth()).isEqualTo(row.ready());
        assertThat(ready.reason()).isEqualTo(row.reason());
        assertThat(ready.message()).contains(row.names());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyConditionIsThereOnceAndSaysSomething(Row row) {
        Seen seen = new Seen();
        row.seen().accept(seen);

        assertThat(seen.findings()).extracting(Finding::type).containsExactlyInAnyOrder(ConditionType.values());
        assertThat(seen.findings())
                .allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
    }

    @Test
    void readyIsTrueOnlyWhenEveryNeededConditionWasObservedAndKstatusIsConsistent() {
        int ready = 0;
        for (Seen seen : everything()) {
            List<Finding> findings = seen.findings();
            boolean holds = of(findings, ConditionType.READY).holds();
            boolean stalled = of(findings, ConditionType.STALLED).holds();
            boolean reconciling = of(findings, ConditionType.RECONCILING).holds();

            assertThat(stalled && reconciling)
                    .as("either a person or the operator acts")
                    .isFalse();
            if (holds) {
                ready++;
                assertThat(stalled || reconciling).isFalse();
                assertThat(findings)
                        .filteredOn(finding -> NEEDED.contains(finding.type()))
                        .allMatch(finding -> finding.holds()
                                || finding.reason() == ConditionReason.NOT_REQUESTED
                                || finding.reason() == ConditionReason.OBSERVING);
                assertThat(seen.observed && seen.revision != null).isTrue();
                assertThat(seen.pods)
                        .isNotEmpty()
                        .allMatch(pod ->
                                pod.state() == GuardState.CURRENT && pod.loaded() && pod.capture() == Capture.CAPTURED);
            }
        }
        assertThat(ready).as("some of them are Ready").isPositive();
    }

    @Test
    void nothingIsSaidToHoldOfAPipelineThatWasNotLookedAt() {
        Seen seen = new Seen();
        seen.trouble = Optional.of(new Trouble(ConditionReason.NAME_TAKEN, "Secret x belongs to something else"));
        seen.observed = false;
        seen.revision = null;

        assertThat(seen.findings())
                .filteredOn(Finding::holds)
                .extracting(Finding::type)
                .containsExactlyInAnyOrder(ConditionType.POLICIES_RESOLVED, ConditionType.STALLED);
    }

    private static List<Seen> everything() {
        Trouble trouble = new Trouble(ConditionReason.INVALID, "The spec contradicts itself");
        Stream<Seen> all = Stream.of(new Seen());
        all = each(all, List.of(seen -> {}, seen -> seen.pipeline = Seen.pipeline("Observe")));
        all = each(all, List.of(seen -> {}, seen -> seen.revision = null));
        all = each(all, List.of(seen -> {}, seen -> seen.keyVersion = null));
        all = each(all, List.of(seen -> {}, seen -> seen.trouble = Optional.of(trouble), seen -> {
            seen.trouble = Optional.of(trouble);
            seen.observed = false;
            seen.revision = null;
        }));
        all = each(all, List.of(seen -> {}, seen -> seen.keyTrouble = Optional.of(trouble)));
        all = each(
                all,
                List.of(
                        seen -> {},
                        seen -> seen.policies = Finding.no(
                                ConditionType.POLICIES_RESOLVED,
                                ConditionReason.POLICY_INVALID,
                                "RedactionPolicy pii is not valid")));
        all = each(
                all,
                Stream.concat(
                                Stream.<Consumer<Seen>>of(seen -> seen.pods = List.of()),
                                Stream.of(GuardState.values()).flatMap(state -> Stream.of(Capture.values())
                                        .flatMap(capture -> Stream.of(true, false)
                                                .<Consumer<Seen>>map(
                                                        loaded -> seen -> seen.pod(state, loaded, capture)))))
                        .toList());
        return all.toList();
    }

    private static Stream<Seen> each(Stream<Seen> seen, List<Consumer<Seen>> changes) {
        return seen.flatMap(before -> changes.stream().map(change -> {
            Seen after = before.copy();
            change.accept(after);
            return after;
        }));
    }

    private static Finding of(List<Finding> findings, ConditionType type) {
        return findings.stream()
                .filter(finding -> finding.type() == type)
                .findFirst()
                .orElseThrow();
    }
}
