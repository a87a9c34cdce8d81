package dev.redoubt.controller.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RagPipelineStatus;
import dev.redoubt.crds.TargetStatus;
import dev.redoubt.injection.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetSummaryTest {
    private final RagPipeline pipeline = Seen.pipeline("Enforce");
    private final Target target = Target.of(pipeline).get(0);

    @Test
    void aKeyVersionIsRememberedWhileItsSecretIsMissing() {
        remember(2);

        assertThat(TargetSummary.of(pipeline, seen(List.of(observed(null)))))
                .as("else the next step would make a new key over sealed records")
                .extracting(TargetStatus::keyVersion)
                .containsExactly(2);
    }

    @Test
    void aKeyVersionIsRememberedWhileTheTargetIsNotLookedAt() {
        remember(2);

        assertThat(TargetSummary.of(pipeline, seen(List.of())))
                .extracting(TargetStatus::keyVersion)
                .containsExactly(2);
    }

    @Test
    void aNewerVersionTakesThePlaceOfTheOld() {
        remember(1);

        assertThat(TargetSummary.of(pipeline, seen(List.of(observed(2)))))
                .extracting(TargetStatus::keyVersion)
                .containsExactly(2);
    }

    @Test
    void aTargetThatNeverHadAKeyHasNone() {
        assertThat(TargetSummary.of(pipeline, seen(List.of(observed(null)))))
                .extracting(TargetStatus::keyVersion)
                .containsOnlyNulls();
        assertThat(TargetSummary.of(pipeline, seen(List.of()))).isEmpty();
    }

    private void remember(int version) {
        TargetStatus before = new TargetStatus(target.name(), target.kind(), target.workloadName(), 1, 1, 1, version);
        pipeline.setStatus(new RagPipelineStatus(1L, null, null, null, List.of(before), null, null));
    }

    private TargetObservation observed(Integer keyVersion) {
        return new TargetObservation(
                target, true, List.of(), Optional.empty(), keyVersion, Optional.empty(), Optional.empty());
    }

    private PipelineObservation seen(List<TargetObservation> targets) {
        Finding nothing = Finding.unknown(ConditionType.LEAKAGE_TEST_PASSED, ConditionReason.NOT_REQUESTED, "None");
        return new PipelineObservation(
                pipeline, nothing, targets, Optional.empty(), Optional.empty(), null, nothing, null);
    }
}
