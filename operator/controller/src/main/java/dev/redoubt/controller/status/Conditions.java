package dev.redoubt.controller.status;

import dev.redoubt.crds.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Conditions of a status, from what was found. */
public final class Conditions {
    private Conditions() {}

    /**
     * The conditions for findings, in the order of {@link ConditionType}. The transition time of a condition changes
     * with its status and with nothing else, so that equal findings give an equal list.
     *
     * @param before the conditions that stand in the status now
     * @param generation generation of the spec that the findings are about
     */
    public static List<Condition> of(
            List<Condition> before, Collection<Finding> findings, long generation, Clock clock) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::type))
                .map(finding -> new ConditionBuilder()
                        .withType(finding.type().value())
                        .withStatus(finding.truth().value())
                        .withReason(finding.reason().value())
                        .withMessage(finding.message())
                        .withObservedGeneration(generation)
                        .withLastTransitionTime(find(before, finding.type())
                                .filter(old ->
                                        old.getStatus().equals(finding.truth().value()))
                                .map(Condition::getLastTransitionTime)
                                .orElseGet(() -> clock.instant()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString()))
                        .build())
                .toList();
    }

    /** The conditions with some of them replaced by others of the same type. */
    public static List<Condition> replace(List<Condition> conditions, List<Condition> others) {
        return Arrays.stream(ConditionType.values())
                .flatMap(type -> find(others, type).or(() -> find(conditions, type)).stream())
                .toList();
    }

    /** The condition of a type. */
    public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type.value()))
                .findFirst();
    }
}
