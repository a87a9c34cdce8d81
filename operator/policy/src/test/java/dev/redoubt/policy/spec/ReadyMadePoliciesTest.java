package dev.redoubt.policy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An entity that is added to a family has to be added to the policies that are named after it. */
class ReadyMadePoliciesTest {
    private static final Path ROOT = Path.of(System.getProperty("redoubt.root"));
    private static final Path FOLDER = ROOT.resolve("manifests/policies");

    private static final Map<String, Set<Entity>> COVERED = Map.of(
            "pii", with(families(Entity.Group.PERSONAL), Entity.PERSON),
            "pci", families(Entity.Group.FINANCIAL),
            "phi", families(Entity.Group.HEALTH, Entity.Group.PERSONAL, Entity.Group.NAME),
            "secrets", families(Entity.Group.SECRET),
            "strict", families(Entity.Group.values()));

    private static Set<Entity> families(Entity.Group... groups) {
        return new HashSet<>(Entity.of(groups));
    }

    private static Set<Entity> with(Set<Entity> entities, Entity another) {
        entities.add(another);
        return entities;
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void everyPolicyCoversExactlyItsFamiliesAtEveryStage(Stage stage) throws Exception {
        for (Map.Entry<String, Set<Entity>> policy : COVERED.entrySet()) {
            Set<Entity> covered = rules(policy.getKey()).stream()
                    .filter(rule -> rule.at().contains(stage))
                    .flatMap(rule -> rule.entities().stream())
                    .flatMap(name -> Redaction.named(name, List.of()).orElseThrow().stream())
                    .collect(Collectors.toSet());
            assertThat(covered).as(policy.getKey() + " at " + stage).isEqualTo(policy.getValue());
        }
    }

    @Test
    void secretsAreRefusedOnTheirWayIn() throws Exception {
        for (String policy : List.of("secrets", "strict")) {
            assertThat(rules(policy).get(0).action()).isEqualTo(Action.Block);
            assertThat(rules(policy).get(0).at()).containsExactlyInAnyOrder(Stage.Ingest, Stage.Prompt);
        }
    }

    @Test
    void everyFileIsAPolicyOfThisTestAndIsDescribed() throws IOException {
        String described = Files.readString(ROOT.resolve("docs/redaction.md"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allSatisfy(name -> assertThat(described).contains("- `" + name + "` "))
                    .containsExactlyInAnyOrderElementsOf(COVERED.keySet().stream()
                            .map(name -> name + ".yaml")
                            .toList());
        }
    }

    private static List<RedactionRule> rules(String policy) throws Exception {
        Path file = FOLDER.resolve(policy + ".yaml");
        Redaction redaction = RedactionPolicyFile.parse(file.toString(), Files.readAllBytes(file))
                .redaction();
        return redaction.rules();
    }
}
