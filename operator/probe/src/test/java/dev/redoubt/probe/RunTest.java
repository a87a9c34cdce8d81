package dev.redoubt.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole runs with the real embedding model against a store whose guard a test chooses. */
class RunTest {
    private static final List<String> ENTITIES =
            List.of("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN");
    private static final Pattern VALUES =
            Pattern.compile("[\\w.]+@[\\w.]+|\\d{16}|DE\\d{20}|\\+1 \\d{3}-555-\\d{4}|\\d{3}-\\d{2}-\\d{4}");

    private final StandInStore store = new StandInStore();
    private final List<Duration> waits = new ArrayList<>();
    private Embedder embedder = new CachedMiniLm();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void undefendedStoreFailsBothProbesAndNothingIsLeftBehind() throws Exception {
        Report report = run(5000, 300, ScoreTrilateration.NAME, Canary.NAME);
        assertThat(report.verdict()).isEqualTo(Verdict.Fail);
        assertThat(report.probes()).allSatisfy(probe -> {
            assertThat(probe.verdict()).as(probe.message()).isEqualTo(Verdict.Fail);
        });
        assertThat(report.probes().get(0).measure().interval().low()).isGreaterThan(.99);
        assertThat(report.probes().get(1).measure().interval().value()).isEqualTo(1);
        assertThat(report.probes().get(1).baselines()).containsEntry("exposureBits", 6.0);
        assertThat(store.records()).isEmpty();
        assertThat(report.remark()).isEmpty();
    }

    @Test
    void withheldScoresStrippedVectorsRefusedCandidatesAndRedactedTextsPass() throws Exception {
        defend();
        Report report = run(5000, 300, ScoreTrilateration.NAME, Canary.NAME);
        assertThat(report.probes()).allSatisfy(probe -> {
            assertThat(probe.verdict()).as(probe.message()).isEqualTo(Verdict.Pass);
        });
        assertThat(report.probes().get(0).details().path("measures"))
                .as("order, judged with both inversions")
                .hasSize(4);
        assertThat(report.probes().get(1).measure().interval().high()).isEqualTo(3.0 / 24);
        assertThat(report.probes().get(1).baselines()).containsEntry("exposureBits", 0.0);
    }

    @Test
    void orderAmongRecordsThatTheAttackerMayChooseIsNoPass() throws Exception {
        defend();
        store.candidatesRefused = false;
        ProbeReport probe = run(5000, 300, ScoreTrilateration.NAME).probes().get(0);
        assertThat(probe.verdict()).as(probe.message()).isNotEqualTo(Verdict.Pass);
        assertThat(probe.details().path("from").asText()).startsWith("order among 10 chosen records");
    }

    @Test
    void answersOfAnotherConfigurationOrOfNoGuardAreNoPass() throws Exception {
        defend();
        for (String revision : new String[] {"revision-of-another", null}) {
            store.revision = revision;
            ProbeReport probe = run(5000, 300, Canary.NAME).probes().get(0);
            assertThat(probe.verdict()).isEqualTo(Verdict.Inconclusive);
            assertThat(probe.message()).contains("did not come from a guard with the tested configuration");
        }
    }

    @Test
    void roundedScoresAloneFailEvenWhenVectorsAreStripped() throws Exception {
        defend();
        store.scoresReturned = true;
        store.candidatesRefused = false;
        store.scoreStep = .05;
        ProbeReport probe = run(5000, 300, ScoreTrilateration.NAME).probes().get(0);
        assertThat(probe.verdict()).as(probe.message()).isEqualTo(Verdict.Fail);
        assertThat(probe.details().path("scoreStep").doubleValue()).isEqualTo(.05);
    }

    @Test
    void sameSeedGivesSameDigestAndAnotherOneAnother() throws Exception {
        String first = digest(run(5000, 300, Canary.NAME));
        assertThat(digest(run(5000, 300, Canary.NAME))).isEqualTo(first);
        store.redaction = text -> VALUES.matcher(text).replaceAll("<gone>");
        assertThat(digest(run(5000, 300, Canary.NAME))).isNotEqualTo(first);
    }

    @Test
    void shuffledLabelsMakeTheControlFailAndTheVerdictInvalid() throws Exception {
        embedder = texts -> {
            double[][] vectors = new CachedMiniLm().embed(texts);
            List<double[]> training = Arrays.asList(vectors).subList(0, Math.min(1200, vectors.length));
            Collections.shuffle(training, new Random(1));
            return vectors;
        };
        ProbeReport probe = run(5000, 300, ScoreTrilateration.NAME).probes().get(0);
        assertThat(probe.verdict()).isEqualTo(Verdict.Invalid);
        assertThat(probe.control().get("inversionAdvantage")).isLessThan(.15);
    }

    @Test
    void storeThatForgetsWhatIsWrittenIsInvalid() throws Exception {
        store.forgetful = true;
        assertThat(run(5000, 300, ScoreTrilateration.NAME, Canary.NAME).probes())
                .extracting(ProbeReport::verdict)
                .containsOnly(Verdict.Invalid);
    }

    @Test
    void unknownAttackerOrWriterWithoutRightsIsInvalid() throws Exception {
        store.refusals.put("the-attackers-key", 401);
        assertThat(run(5000, 300, ScoreTrilateration.NAME, Canary.NAME).probes())
                .extracting(ProbeReport::verdict)
                .containsOnly(Verdict.Invalid);
        assertThat(store.records()).isEmpty();
    }

    @Test
    void refusedWriterIsNeverAPass() throws Exception {
        store.refusals.put("the-writers-key", 403);
        Report report = run(5000, 300, ScoreTrilateration.NAME, Canary.NAME);
        assertThat(report.probes()).extracting(ProbeReport::verdict).doesNotContain(Verdict.Pass, Verdict.Fail);
    }

    @Test
    void clientWithoutRightsPassesOnlyBecauseTheWriterIsAnswered() throws Exception {
        store.refusals.put("the-attackers-key", 403);
        assertThat(run(5000, 300, ScoreTrilateration.NAME, Canary.NAME).probes())
                .extracting(ProbeReport::verdict)
                .containsOnly(Verdict.Pass);
        store.maxResults = 0;
        assertThat(run(5000, 300, ScoreTrilateration.NAME).probes().get(0).verdict())
                .isEqualTo(Verdict.Inconclusive);
    }

    @Test
    void unreachableStoreIsInconclusive() throws Exception {
        store.close();
        Report report = run(5000, 300, ScoreTrilateration.NAME, Canary.NAME);
        assertThat(report.probes()).extracting(ProbeReport::verdict).containsOnly(Verdict.Inconclusive);
        assertThat(report.probes().get(0).message()).contains("nobody answers at 127.0.0.1:");
    }

    @Test
    void spentBudgetOrTimeIsInconclusive() throws Exception {
        defend();
        assertThat(run(0, 300, ScoreTrilateration.NAME, Canary.NAME).probes())
                .extracting(ProbeReport::verdict)
                .containsOnly(Verdict.Inconclusive);
        assertThat(run(20, 300, ScoreTrilateration.NAME).probes().get(0).verdict())
                .isEqualTo(Verdict.Inconclusive);
        assertThat(run(300, 300, ScoreTrilateration.NAME).probes().get(0).verdict())
                .isEqualTo(Verdict.Inconclusive);
        assertThat(run(60, 300, Canary.NAME).probes().get(0).verdict()).isEqualTo(Verdict.Inconclusive);
        assertThat(run(5000, 0, Canary.NAME).probes().get(0).verdict()).isEqualTo(Verdict.Inconclusive);
        assertThat(store.records()).isEmpty();
    }

    @Test
    void hitOnAControlIsInvalid() throws Exception {
        store.whisper = String.join(" ", allPhoneNumbers());
        ProbeReport probe = new Run(scene(5000, 300, List.of("PHONE_NUMBER"), Canary.NAME), Clock.systemUTC())
                .report()
                .probes()
                .get(0);
        assertThat(probe.verdict()).as(probe.message()).isEqualTo(Verdict.Invalid);
    }

    @Test
    void pipelineThatRestrictsNothingIsInvalidForCanaries() throws Exception {
        ProbeReport probe = new Run(scene(5000, 300, List.of(), Canary.NAME), Clock.systemUTC())
                .report()
                .probes()
                .get(0);
        assertThat(probe.verdict()).isEqualTo(Verdict.Invalid);
        assertThat(probe.message()).contains("RedactionPolicy");
    }

    @Test
    void leftoversOfCrashedRunsAreRemovedAndNothingElse() throws Exception {
        store.records().put("redoubt-leakage-nightly-abcdefghijkl-canary", new ArrayList<>());
        List<String> others = List.of(
                "redoubt-leakage-nightly-abcdefghijkl-canary-abcdefghijkl-canary",
                "redoubt-leakage-nightly-b-abcdefghijkl-canary",
                "redoubt-leakage-nightly-notes",
                "tickets");
        others.forEach(name -> store.records().put(name, new ArrayList<>()));
        run(5000, 0, Canary.NAME);
        run(5000, 300, Canary.NAME);
        assertThat(store.records()).containsOnlyKeys(others);
    }

    @Test
    void rateLimitIsWaitedForAndLargeRequestsAreCut() throws Exception {
        defend();
        store.limited = 2;
        store.largestBatch = 7;
        ProbeReport probe = run(5000, 300, ScoreTrilateration.NAME).probes().get(0);
        assertThat(probe.details().path("queriesAnswered").intValue()).isEqualTo(400);
        assertThat(waits).contains(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void waitLongerThanTheTestMayRunIsInconclusive() throws Exception {
        defend();
        store.limited = 2;
        ProbeReport probe = run(5000, 5, Canary.NAME).probes().get(0);
        assertThat(probe.verdict()).isEqualTo(Verdict.Inconclusive);
        assertThat(waits).isEmpty();
    }

    private void defend() {
        store.maxResults = 10;
        store.vectorsReturned = false;
        store.scoresReturned = false;
        store.candidatesRefused = true;
        store.redaction = text -> VALUES.matcher(text).replaceAll("<gone>");
    }

    private static List<String> allPhoneNumbers() {
        List<String> numbers = new ArrayList<>();
        for (int secret = 0; secret < CanaryKind.PHONE_NUMBER.space(); secret++) {
            numbers.add(CanaryKind.PHONE_NUMBER.value("any", secret));
        }
        return numbers;
    }

    private static String digest(Report report) {
        ObjectNode json = report.full();
        return json.path("digest").asText();
    }

    private Report run(int queries, int seconds, String... probes) throws Exception {
        return new Run(scene(queries, seconds, ENTITIES, probes), Clock.systemUTC()).report();
    }

    private Scene scene(int queries, int seconds, List<String> entities, String... probes) {
        RunSpec spec = new RunSpec(
                "nightly",
                "run-1",
                42,
                "revision",
                "Chroma",
                store.endpoint(),
                null,
                "assistant",
                entities,
                List.of(probes),
                new RunSpec.Limits(queries, seconds));
        GuardWitness witness = new GuardWitness();
        return new Scene(
                spec,
                new ChromaStore(new JsonClient(store.endpoint(), "the-writers-key", waits::add, witness)),
                new ChromaStore(new JsonClient(store.endpoint(), "the-attackers-key", waits::add, witness)),
                null,
                embedder,
                new Corpus(),
                witness,
                new OwnCollections(spec),
                step -> {});
    }
}
