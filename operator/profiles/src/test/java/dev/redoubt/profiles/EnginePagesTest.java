package dev.redoubt.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of engines say of their routes. */
class EnginePagesTest {
    private static final Path PAGES = Path.of(System.getProperty("redoubt.root"), "docs", "engines");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]*)` \\| ([A-Za-z, ]+) \\|$");
    private static final Pattern REFUSED = Pattern.compile("`(/[^`]+)`");

    @ParameterizedTest
    @ValueSource(strings = {"OpenAI", "Ollama", "TGI"})
    void aPageListsTheRoutesOfItsProfileAndTheirOperations(String name) throws IOException {
        Profile profile = Profiles.builtIn().find(name).orElseThrow();
        List<String> rows = ROW.matcher(page(name))
                .results()
                .map(row -> row.group(1) + " | " + row.group(2))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(profile.routes().stream()
                        .map(route -> route.method() + " " + route.path() + " | "
                                + route.operations().stream().map(Enum::name).collect(Collectors.joining(", ")))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenAI", "Ollama", "TGI"})
    void whatAPageCallsRefusedIsNoRoute(String name) throws IOException {
        Profile profile = Profiles.builtIn().find(name).orElseThrow();
        String page = page(name);
        String refused = page.substring(page.indexOf("## What is refused"), page.indexOf("## How it is moved"));
        List<String> paths =
                REFUSED.matcher(refused).results().map(path -> path.group(1)).toList();
        assertThat(paths)
                .hasSizeGreaterThan(3)
                .doesNotContainAnyElementsOf(
                        profile.routes().stream().map(Route::path).toList());
    }

    @Test
    void thePageOnAddingAnEngineShowsAProfileThatIsOne() throws IOException {
        Profile profile = new ProfileFiles("/example/", "/schemas/").read("papers.yaml");
        assertThat(profile.routes()).extracting(Route::name).containsExactly("ready", "search", "write");
        try (InputStream example = EnginePagesTest.class.getResourceAsStream("/example/papers.yaml")) {
            String yaml = new String(example.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Files.readString(PAGES.resolve("adding.md"))).contains("```yaml\n" + yaml + "```\n");
        }
    }

    @Test
    void thePageOnCredentialsSaysHowEveryEngineTakesThem() throws IOException {
        List<String> rows = Profiles.builtIn().all().stream()
                .filter(profile -> !profile.upstreamCredentials().isEmpty())
                .map(profile ->
                        "| " + profile.name() + " | " + cell(profile, false).strip() + " |" + cell(profile, true) + "|")
                .toList();
        assertThat(rows).hasSize(9);
        assertThat(Files.readAllLines(PAGES.resolveSibling("upstream.md"))).containsSubsequence(rows);
    }

    private static String cell(Profile profile, boolean user) {
        return profile.upstreamCredential(user)
                .filter(form -> form.user() == user)
                .map(form -> {
                    String plain = user ? "USER:KEY" : "KEY";
                    String written = form.base64() ? "BASE64(" + plain + ")" : plain;
                    return " `" + form.header() + ": " + (form.scheme() == null ? "" : form.scheme() + " ") + written
                            + "` ";
                })
                .orElse(" ");
    }

    private static String page(String name) throws IOException {
        String page = Files.readString(PAGES.resolve(name.toLowerCase(Locale.ROOT) + ".md"));
        assertThat(page).startsWith("# " + name + "\n");
        return page;
    }
}
