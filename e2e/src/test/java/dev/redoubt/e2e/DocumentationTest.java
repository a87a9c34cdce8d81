package dev.redoubt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.crds.ConditionType;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say that a build can check. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void theReadmeShowsTheSamplesAsTheyAre() throws IOException {
        String readme = read("README.md");
        for (String kind : List.of("ragpipeline", "redactionpolicy", "leakagetest")) {
            assertThat(readme).contains("```yaml\n" + read("manifests/samples/" + kind + ".yaml") + "```");
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                assertThat(page.resolveSibling(links.group(1)))
                        .as("a link of " + page)
                        .exists();
            }
        }
    }

    @Test
    void everyEntityAndActionIsDescribedAndNoOther() throws IOException {
        List<String> described = new ArrayList<>();
        Matcher rows = Pattern.compile("(?m)^\\| `([A-Za-z_]+)` \\|").matcher(read("docs/redaction.md"));
        while (rows.find()) {
            described.add(rows.group(1));
        }
        List<String> known = Stream.concat(
                        Entity.builtIn().keySet().stream(),
                        Stream.of(Action.values()).map(Enum::name))
                .toList();
        assertThat(described).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyScriptThatTheReadmeNamesIsThereAndSpeaks() throws IOException {
        Matcher scripts = Pattern.compile("e2e/[a-z/]+").matcher(read("README.md"));
        while (scripts.find()) {
            assertThat(Shell.ROOT.resolve(scripts.group())).exists();
        }
    }

    @Test
    void theConditionsOfTheOperationsPageExist() throws IOException {
        List<String> types =
                Stream.of(ConditionType.values()).map(ConditionType::value).toList();
        Matcher rows = Pattern.compile("(?m)^\\| (`[A-Za-z`, ]+`) \\|").matcher(read("docs/operations.md"));
        int found = 0;
        while (rows.find()) {
            for (String name : rows.group(1).replace("`", "").split(", ")) {
                assertThat(types).contains(name);
                found++;
            }
        }
        assertThat(found).isGreaterThan(5);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Shell.ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(Shell.ROOT.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(Shell.ROOT.resolve(file));
    }
}
