package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.keys.ApiKeySecret;
import dev.redoubt.controller.leakagetest.ProbeClients;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import java.util.List;

/** The clients of leakage tests in a pipeline. */
final class ProbeIdentities {
    private ProbeIdentities() {}

    /** Those of tests that have a client and a store to attack; their keys are made by the reconciler of the tests. */
    static List<ProbeIdentity> of(RagPipeline pipeline, List<LeakageTest> tests, PipelineSnapshot snapshot) {
        return tests.stream()
                .flatMap(test -> ProbeClients.of(test, pipeline).stream())
                .map(clients -> new ProbeIdentity(
                        clients.attacker(),
                        digests(snapshot, clients.attackerSecret()),
                        clients.as(),
                        clients.writer(),
                        digests(snapshot, clients.writerSecret()),
                        clients.store()))
                .toList();
    }

    private static List<String> digests(PipelineSnapshot snapshot, String secretName) {
        return snapshot.secret(secretName).map(ApiKeySecret::digests).orElse(List.of());
    }
}
