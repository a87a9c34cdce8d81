package dev.redoubt.sidecar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docs/standalone.md shows, tried. */
class StandaloneDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("redoubt.root"));

    /** The key of an explained request, whose token is of a key of the run. */
    private static final Pattern TOKEN = Pattern.compile(":[a-z2-7]{13}>");

    @TempDir
    private Path folder;

    private static String block(String pattern) throws IOException {
        String document = Files.readString(ROOT.resolve("docs/standalone.md"));
        List<MatchResult> found = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(document)
                .results()
                .toList();
        assertThat(found).as(pattern).hasSize(1);
        return found.get(0).group(1);
    }

    private Path configuration() throws IOException {
        Files.createDirectory(folder.resolve("keys"));
        Files.writeString(folder.resolve("keys/assistant.key"), Folders.KEY + "\n");
        Files.copy(ROOT.resolve("crds/src/main/resources/examples/redactionpolicy.yaml"), folder.resolve("pii.yaml"));
        return Files.writeString(folder.resolve("guard.yaml"), block("```yaml\n(# guard.yaml\n.*?)```"));
    }

    @Test
    void theConfigurationIsValid() throws Exception {
        StandaloneConfig config = new ConfigFile(configuration(), Keys.Created).read();
        assertThat(config.targets()).hasSize(2);
        assertThat(config.targets().get(0).door().health()).isEqualTo(15091);
    }

    @Test
    void theCompositionServesThePortThatTheConfigurationListensOn() throws Exception {
        String composition = block("```yaml\n(services:\n.*?)```");
        assertThat(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(composition))
                .isNotNull();
        assertThat(composition).contains("ports: [\"8000:8000\"]", "--config, /etc/redoubt/guard.yaml");
        assertThat(new ConfigFile(configuration(), Keys.Created)
                        .read()
                        .targets()
                        .get(0)
                        .door()
                        .listen())
                .isEqualTo(8000);
    }

    @Test
    void theRequestIsExplainedAsShown() throws Exception {
        byte[] request = block("\\$ cat request.http\n(.*?)\\$ java").getBytes(StandardCharsets.UTF_8);
        Explanation explanation = new Explainer(configuration()).explain("request.http", request, "docs", "assistant");
        String shown = block("explain --config guard.yaml --target docs --as assistant request.http\n(.*?)```");
        assertThat(TOKEN.matcher(String.join("\n", explanation.lines()) + "\n").replaceAll(">"))
                .isEqualTo(TOKEN.matcher(shown).replaceAll(">"));
    }
}
