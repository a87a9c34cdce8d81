package dev.redoubt.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The attacks against a real Chroma that nobody guards. */
class UndefendedChromaIT {
    @TempDir
    private static Path folder;

    private static final GuardWitness WITNESS = new GuardWitness();
    private static RealChroma chroma;
    private static ChromaStore store;
    private final Budget budget = new Budget(Clock.systemUTC(), 5000, Duration.ofMinutes(5));

    @BeforeAll
    static void start() throws Exception {
        chroma = RealChroma.start(Files.createDirectory(folder.resolve("data")));
        store = new ChromaStore(
                new JsonClient(chroma.endpoint(), "none", time -> Thread.sleep(time.toMillis()), WITNESS));
    }

    @AfterAll
    static void stop() {
        chroma.close();
    }

    @Test
    void bothProbesFailAndOnlyTheirOwnCollectionsAreRemoved() throws Exception {
        store.create("tickets", ChromaStore.Space.cosine, budget);
        RunSpec spec = new RunSpec(
                "nightly",
                "run-1",
                42,
                "revision",
                "Chroma",
                chroma.endpoint(),
                null,
                "assistant",
                List.of("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN"),
                List.of(ScoreTrilateration.NAME, Canary.NAME),
                new RunSpec.Limits(5000, 500));
        Scene scene = new Scene(
                spec,
                store,
                store,
                null,
                new CachedMiniLm(),
                new Corpus(),
                WITNESS,
                new OwnCollections(spec),
                step -> {});
        Report report = new Run(scene, Clock.systemUTC()).report();
        assertThat(report.probes())
                .allSatisfy(
                        probe -> assertThat(probe.verdict()).as(probe.message()).isEqualTo(Verdict.Fail));
        assertThat(report.remark()).isEmpty();
        assertThat(store.names(budget)).containsExactly("tickets");
    }

    @ParameterizedTest
    @EnumSource(ChromaStore.Space.class)
    void distancesOfEverySpaceBecomeInnerProducts(ChromaStore.Space space) throws Exception {
        String collection = store.create("space-" + space, space, budget);
        double[] stored = {.6, .8};
        double[] query = {.8, -.6};
        double[] other = {0, 1};
        store.add(collection, List.of(new ChromaStore.Item("a", stored, null, Map.of(), null)), budget);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("n_results", 1);
        body.putArray("query_embeddings").add(ChromaStore.vector(query)).add(ChromaStore.vector(other));
        body.putArray("include").add("distances");
        var distances = store.ask(collection, "query", body, budget).body().path("distances");
        assertThat(space.innerProduct(distances.path(0).path(0).doubleValue())).isCloseTo(0, within(1e-6));
        assertThat(space.innerProduct(distances.path(1).path(0).doubleValue())).isCloseTo(.8, within(1e-6));
        store.delete("space-" + space, budget);
    }
}
