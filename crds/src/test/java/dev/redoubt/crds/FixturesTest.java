package dev.redoubt.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.crds.generation.CrdGenerator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The fixtures are complete, and each is used. */
class FixturesTest {
    @Test
    void everyMessageOfARuleIsExpectedBySomeFixture() {
        var expected = Fixture.invalid()
                .flatMap(fixture -> fixture.expected().stream())
                .toList();

        assertThat(messages()).hasSizeGreaterThan(30).allSatisfy(message -> assertThat(expected)
                .anyMatch(expectation -> expectation.endsWith(message)));
    }

    @Test
    void everyFixtureIsNamedByWhatItIsAndLiesInTheFolderOfItsKind() {
        assertThat(Fixture.all()).hasSizeGreaterThan(80).allSatisfy(fixture -> {
            assertThat(fixture.name()).matches("(valid|invalid)-[a-z-]+\\.yaml");
            assertThat(fixture.file().getParent().getFileName().toString())
                    .isEqualTo(fixture.object().getKind().toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void everyInvalidFixtureSaysWhatItExpectsAndNoValidOneDoes() {
        assertThat(Fixture.invalid()).isNotEmpty().allMatch(fixture -> !fixture.expected()
                .isEmpty());
        assertThat(Fixture.valid()).isNotEmpty().allMatch(fixture -> fixture.expected()
                .isEmpty());
    }

    @Test
    void everyKindHasFixturesOfBothSorts() {
        var sorts = Fixture.all().stream()
                .map(fixture -> fixture.object().getKind() + " " + fixture.isValid())
                .collect(Collectors.toSet());

        assertThat(sorts).hasSize(2 * CrdGenerator.KINDS.size());
    }

    private static Set<String> messages() {
        var messages = new TreeSet<String>();
        var generator = new CrdGenerator();
        CrdGenerator.KINDS.forEach(kind -> generator
                .definition(kind)
                .findValues("x-kubernetes-validations")
                .forEach(rules -> rules.forEach(rule -> messages.add(message(rule)))));
        return messages;
    }

    private static String message(JsonNode rule) {
        return rule.path("message").asText();
    }
}
