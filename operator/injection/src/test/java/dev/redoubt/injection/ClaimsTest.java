package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.WorkloadReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final WorkloadReference CHROMA = new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "chroma");

    @Test
    void theOlderPipelineHoldsAWorkloadThatTwoClaim() {
        List<RagPipeline> pipelines = new ArrayList<>(Yaml.pipelines());
        Collections.reverse(pipelines);

        assertThat(Claims.of(pipelines).holder("shop", CHROMA))
                .map(Target::pipeline)
                .contains("support");
    }

    @Test
    void theNameDecidesBetweenPipelinesOfOneSecond() {
        List<RagPipeline> pipelines = Yaml.pipelines();
        pipelines.forEach(pipeline -> pipeline.getMetadata().setCreationTimestamp("2026-11-01T08:00:00Z"));
        pipelines.stream()
                .filter(pipeline -> pipeline.getMetadata().getName().equals("younger"))
                .forEach(pipeline -> pipeline.getMetadata().setName("earlier-in-the-alphabet"));

        assertThat(Claims.of(pipelines).holder("shop", CHROMA))
                .map(Target::pipeline)
                .contains("earlier-in-the-alphabet");
    }

    @Test
    void theYoungerPipelineLearnsWhoHoldsItsWorkload() {
        Claims claims = Claims.of(Yaml.pipelines());
        Target mine = targetOf("younger");

        assertThat(claims.rival(mine)).map(Target::pipeline).contains("support");
        assertThat(claims.rival(claims.holder("shop", CHROMA).orElseThrow())).isEmpty();
    }

    @Test
    void aPipelineThatIsBeingDeletedClaimsNothing() {
        assertThat(Claims.of(Yaml.pipelines()).holders())
                .extracting(Target::pipeline)
                .doesNotContain("gone");
    }

    @Test
    void equalNamesInOtherNamespacesAreOtherWorkloads() {
        assertThat(Claims.of(Yaml.pipelines()).holder("other", CHROMA)).isEmpty();
    }

    private static Target targetOf(String pipeline) {
        return Yaml.pipelines().stream()
                .filter(p -> p.getMetadata().getName().equals(pipeline))
                .flatMap(p -> Target.of(p).stream())
                .findFirst()
                .orElseThrow();
    }
}
