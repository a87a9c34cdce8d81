package dev.redoubt.controller.redactionpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.RedactionPolicySpec;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionCompilerTest {
    private static final String RULE = "{'entities': ['EMAIL_ADDRESS'], 'at': ['Ingest', 'Prompt'], 'action': '%s'}";

    private static RedactionPolicy policy(String name, String spec) throws IOException {
        RedactionPolicy policy = new RedactionPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
        policy.setSpec(new ObjectMapper().readValue(spec.replace('\'', '"'), RedactionPolicySpec.class));
        return policy;
    }

    @Test
    void policiesAreJoinedInTheOrderOfThePipeline() throws Exception {
        Redaction redaction = RedactionCompiler.compile(List.of(
                policy("a", "{'rules': [" + RULE.formatted("Tokenize") + "], 'allow': ['x'], 'drop': ['raw']}"),
                policy(
                        "b",
                        "{'rules': [" + RULE.formatted("Block") + "], 'allow': ['x', 'y'],"
                                + " 'fields': {'exclude': ['id']}}")));
        List<Stage> at = List.of(Stage.Ingest, Stage.Prompt);
        assertThat(redaction)
                .isEqualTo(new Redaction(
                        List.of(
                                new RedactionRule(List.of("EMAIL_ADDRESS"), at, Action.Tokenize),
                                new RedactionRule(List.of("EMAIL_ADDRESS"), at, Action.Block)),
                        List.of(),
                        List.of("x", "y"),
                        List.of("id"),
                        List.of("raw")));
    }

    @Test
    void entitiesOfOnePolicyAreThoseOfThePipelineAndHaveOneMeaningThere() throws Exception {
        String own = "{'entities': [{'name': 'OWN', 'pattern': '%s', 'examples': ['xx']}],"
                + " 'rules': [{'entities': ['OWN'], 'at': ['Prompt'], 'action': 'Mask'}]}";
        RedactionPolicy first = policy("a", own.formatted("x{2}"));
        assertThat(RedactionCompiler.compile(List.of(first, policy("b", own.formatted("x{2}"))))
                        .entities())
                .singleElement()
                .satisfies(entity -> assertThat(entity.name()).isEqualTo("OWN"));
        RedactionPolicy second = policy("b", own.formatted("x{2,3}"));
        assertThatThrownBy(() -> RedactionCompiler.compile(List.of(first, second)))
                .hasMessage("OWN is defined differently by another policy; define it in one of them")
                .extracting(e -> ((InvalidPolicyException) e).policy())
                .isEqualTo("b");
    }

    @Test
    void noPolicyIsNoRedaction() throws Exception {
        assertThat(RedactionCompiler.compile(List.of())).isEqualTo(Redaction.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | it has no spec",
                "{'rules': [{'entities': ['PERSONA'], 'at': ['Ingest'], 'action': 'Mask'}]}"
                        + " | no recogniser finds PERSONA; use one of the built-in entities, or define it under entities",
                "{'rules': [{'entities': ['US_SSN'], 'at': ['Ingest'], 'action': 'Mask', 'reversible': true}]}"
                        + " | reversible goes with action: Tokenize",
                "{'entities': [{'name': 'OWN', 'pattern': 'x*'}], 'drop': ['raw']}"
                        + " | OWN: pattern, character 1: a repetition has no bound, write {n,m}",
                "{'entities': [{'name': 'OWN', 'pattern': 'x{3}', 'examples': ['xxx', 'xx']}], 'drop': ['raw']}"
                        + " | OWN: examples[1] is not found",
                "{'drop': ['a'], 'recognizers': [{'name': 'x', 'entities': ['PERSON']}]} | the field service is missing",
            })
    void whatNoGuardCanDoIsToldWithoutItsPlaceUnderTheNameOfThePolicy(String spec, String fault) throws Exception {
        RedactionPolicy policy = policy("pii", spec.replace('"', '\''));
        assertThatThrownBy(() -> RedactionCompiler.compile(List.of(policy)))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessage(fault)
                .extracting(e -> ((InvalidPolicyException) e).policy())
                .isEqualTo("pii");
    }
}
