package dev.redoubt.policy.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionPolicyFileTest {
    private static final String HEAD =
            """
            apiVersion: redoubt.dev/v1alpha1
            kind: RedactionPolicy
            metadata: {name: example}
            spec:
            """;

    private static Stream<Path> fixtures(String prefix) throws IOException {
        Path folder = Path.of(System.getProperty("redoubt.root"), "crds/src/test/resources/fixtures/redactionpolicy");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found.stream();
        }
    }

    private static Stream<Path> valid() throws IOException {
        return fixtures("valid-");
    }

    private static Stream<Path> invalid() throws IOException {
        return fixtures("invalid-");
    }

    private static Redaction parse(String yaml) throws SpecException {
        return RedactionPolicyFile.parse("policy.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .redaction();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void whatTheApiServerAdmitsIsUnderstood(Path file) throws Exception {
        assertThat(RedactionPolicyFile.parse(file.toString(), Files.readAllBytes(file)))
                .isNotEqualTo(Redaction.NONE);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatTheApiServerRefusesIsRefusedWithItsPlace(Path file) throws Exception {
        byte[] yaml = Files.readAllBytes(file);
        assertThatThrownBy(() -> RedactionPolicyFile.parse("policy.yaml", yaml))
                .isInstanceOf(SpecException.class)
                .hasMessageMatching("policy\\.yaml:\\d+:\\d+: .+");
    }

    @Test
    void everyPartArrivesInTheRedaction() throws Exception {
        Redaction redaction = parse(
                HEAD
                        + """
                  rules:
                  - {entities: [EMAIL_ADDRESS, IBAN_CODE], at: [Ingest, Query], action: Tokenize}
                  - {entities: [SECRET], at: [Prompt], action: Block}
                  allow: [support@example.com]
                  fields: {exclude: [doc_id]}
                  drop: [raw_html]
                """);
        assertThat(redaction)
                .isEqualTo(new Redaction(
                        List.of(
                                new RedactionRule(
                                        List.of("EMAIL_ADDRESS", "IBAN_CODE"),
                                        List.of(Stage.Ingest, Stage.Query),
                                        Action.Tokenize),
                                new RedactionRule(List.of("SECRET"), List.of(Stage.Prompt), Action.Block)),
                        List.of(),
                        List.of("support@example.com"),
                        List.of("doc_id"),
                        List.of("raw_html")));
    }

    @Test
    void recognisersArriveAndThoseOfSeveralPoliciesAreJoined() throws Exception {
        String policy = HEAD
                + """
                  rules: [{entities: [PERSON], at: [Ingest], action: Mask}]
                  recognizers:
                  - {name: presidio, service: {name: analyzer, port: 3000}, entities: [PERSON, LOCATION]}
                """;
        String other = policy.replace("LOCATION]", "LOCATION], onError: Pass, timeout: 1m");
        ExternalRecognizer recognizer = new ExternalRecognizer(
                "presidio", "analyzer", 3000, List.of("PERSON", "LOCATION"), OnError.Block, 1000);
        assertThat(parse(policy + "---\n" + policy).recognizers()).containsExactly(recognizer);
        assertThat(parse(policy + "---\n" + other).recognizers())
                .containsExactly(
                        recognizer,
                        new ExternalRecognizer(
                                "presidio", "analyzer", 3000, List.of("PERSON", "LOCATION"), OnError.Pass, 60_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: presidio | name: Presidio | 6:24: a name has lower-case letters, digits and dashes",
                "name: analyzer | name: a.other.svc | 6:50: a name has lower-case letters, digits and dashes",
                "port: 3000 | url: 'http://a' | 6:60: unknown field url; known are name, port",
                "[PERSON] | [PERSONA] | 6:84: no recogniser can be asked for PERSONA; name entities one by one",
                "[PERSON] | ['*'] | 6:84: no recogniser can be asked for *; name entities one by one",
                "[PERSON] | [SECRET] | 6:84: no recogniser can be asked for SECRET; name entities one by one",
                "[PERSON] | [PERSON], onError: Ignore | 6:102: expected is one of Block, Pass",
                "[PERSON] | [PERSON], timeout: 0s | 6:102: timeout must be from 1s to 1m",
                "[PERSON] | [PERSON], timeout: 61s | 6:102: timeout must be from 1s to 1m",
                "[PERSON] | [PERSON], timeout: soon | 6:102: timeout must be from 1s to 1m",
            })
    void aFaultyRecogniserIsToldWithItsPlace(String part, String instead, String fault) {
        String recognizer = "{name: presidio, service: {name: analyzer, port: 3000}, entities: [PERSON]}";
        assertThatThrownBy(
                        () -> parse(HEAD + "  drop: [a]\n  recognizers: [" + recognizer.replace(part, instead) + "]\n"))
                .hasMessage("policy.yaml:" + fault);
    }

    @Test
    void aRecogniserCanBeAskedForAnEntityOfThePolicysOwn() throws Exception {
        assertThat(parse(
                                HEAD
                                        + """
                                  rules: [{entities: [PROJECT], at: [Ingest], action: Mask}]
                                  entities: [{name: PROJECT, words: [Nightingale]}]
                                  recognizers:
                                  - {name: own, service: {name: analyzer, port: 3000}, entities: [PROJECT]}
                                """)
                        .recognizers())
                .extracting(ExternalRecognizer::entities)
                .containsExactly(List.of("PROJECT"));
    }

    @Test
    void policiesOfOneFileAreJoinedAndOtherKindsAreLeftAlone() throws Exception {
        String policy = HEAD + "  rules: [{entities: ['*'], at: [Ingest], action: %s}]\n  allow: [a]\n";
        Redaction redaction = parse(
                policy.formatted("Mask") + "---\nkind: ConfigMap\ndata: {x: 1}\n---\n" + policy.formatted("Hash"));
        assertThat(redaction.rules()).extracting(RedactionRule::action).containsExactly(Action.Mask, Action.Hash);
        assertThat(redaction.allow()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  rules: [{entities: [PERSONA], at: [Ingest], action: Mask}] | 5:23: no recogniser finds PERSONA;"
                        + " use one of the built-in entities, or define it under entities",
                "  entities: [{name: own, pattern: x}] | 5:21: the name of an entity is 2 to 63 capitals and digits with"
                        + " single underscores, such as EMPLOYEE_ID",
                "  entities: [{name: US_SSN, pattern: x}] | 5:21: US_SSN is a built-in entity; choose another name",
                "  entities: [{name: SECRET, pattern: x}] | 5:21: SECRET is a built-in entity; choose another name",
                "  entities: [{name: OWN}] | 5:14: OWN needs either a pattern or words",
                "  entities: [{name: OWN, words: [' a']}] | 5:34: a word neither begins nor ends with white space",
                "  entities: [{name: OWN, pattern: x, score: 1.5}] | 5:45: a score is between 0 and 1",
                "  entities: [{name: OWN, pattern: x, context: [a b]}] | 5:48: a word of the context is one word of the"
                        + " letters a to z, and digits behind them",
                "  entities: [{name: OWN, pattern: x}, {name: OWN, pattern: x}] | 5:39: two entities are named OWN",
                "  rulez: [] | 5:3: unknown field rulez; known are rules, entities, allow, fields, drop, recognizers",
                "  rules: [{entities: ['*'], at: [Ingest], action: Encrypt, reversible: true}] | 5:72: what Encrypt makes can"
                        + " always be restored; remove reversible",
                "  rules: [{entities: ['*'], at: [Ingest], action: Mask, reversible: true}] | 5:69: reversible goes with"
                        + " action: Tokenize",
                "  rules: [{entities: ['*'], at: [Ingest], action: Tokenize, reversible: 'true'}] | 5:73: true or false is"
                        + " expected",
                "  rules: [{entities: ['*'], at: [Ingest], action: secret-word}] | 5:51: expected is one of Replace, Mask,"
                        + " Hash, Tokenize, Encrypt, Remove, Block",
                "  drop: [1] | 5:10: a text is expected; put it into quotation marks",
                "  drop: [&a b, *a] | 5:10: this item is in the list already",
                "  drop: &a [*a] | 5:9: an alias stands inside of what it stands for",
                "  drop: [!python/name b] | 5:10: tags are not supported",
                "  drop: [a], [b] | 5:12: this is not YAML: expected <block end>, but found ','",
            })
    void aFaultIsToldWithItsLineAndColumn(String spec, String fault) {
        assertThatThrownBy(() -> parse(HEAD + "  " + spec + "\n")).hasMessage("policy.yaml:" + fault);
    }

    @Test
    void aFileWithoutAPolicyIsRefused() {
        assertThatThrownBy(() -> parse("kind: ConfigMap\n"))
                .hasMessage("policy.yaml:1:1: the file holds no object of kind RedactionPolicy");
    }

    @Test
    void bytesThatAreNotTextAreRefusedWhereTheyStand() {
        byte[] bytes = "kind: X\nname: é".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> RedactionPolicyFile.parse("policy.yaml", bytes))
                .hasMessage("policy.yaml:2:7: this is not UTF-8");
    }

    @Test
    void aFewLinesOfAliasesDoNotBecomeATreeOfAnySize() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        assertThatThrownBy(() -> parse(yaml.toString())).isInstanceOf(SpecException.class);
    }
}
