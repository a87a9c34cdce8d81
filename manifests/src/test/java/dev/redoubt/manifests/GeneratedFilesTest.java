package dev.redoubt.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files that are made from others, made again and compared. {@code -Dredoubt.update=true} writes them instead.
 */
class GeneratedFilesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("redoubt.root", "..")).toAbsolutePath().normalize();
    private static final Path DEFINITIONS = ROOT.resolve("crds/src/main/resources/crds");
    private static final Path EXAMPLES = ROOT.resolve("crds/src/main/resources/examples");

    /** An image that exists nowhere: whoever applies install.yaml by hand puts the digests of real images here. */
    private static final String NO_IMAGE = "@sha256:" + "0".repeat(64);

    @Test
    void theChartOfTheKindsIsTheGeneratedDefinitionsKeptOnRemoval() throws IOException {
        for (Path definition : yamlFilesOf(DEFINITIONS)) {
            String kept = Files.readString(definition)
                    .replaceFirst("(?m)^metadata:\n", "metadata:\n  annotations:\n    helm.sh/resource-policy: keep\n");
            check(ROOT.resolve("charts/redoubt-crds/templates").resolve(definition.getFileName()), kept);
        }
    }

    @Test
    void theSamplesAreTheExamplesThatTheApiServerAccepted() throws IOException {
        for (Path example : yamlFilesOf(EXAMPLES)) {
            check(ROOT.resolve("manifests/samples").resolve(example.getFileName()), Files.readString(example));
        }
    }

    @Test
    void theInstallFileIsWhatTheChartsRender() throws IOException, InterruptedException {
        String rendered =
                "# What `helm install` applies for the namespace rag; the images' digests are zeros to be replaced.\n"
                        + helm("template", "redoubt-crds", "charts/redoubt-crds", "--namespace", "redoubt-system")
                        + helm(
                                "template",
                                "redoubt",
                                "charts/redoubt",
                                "--namespace",
                                "redoubt-system",
                                "--set",
                                "namespaces={rag}",
                                "--set",
                                "images.operator=redoubt-operator" + NO_IMAGE,
                                "--set",
                                "images.guard=redoubt-guard" + NO_IMAGE,
                                "--set",
                                "images.probe=redoubt-probe" + NO_IMAGE);
        check(ROOT.resolve("manifests/install.yaml"), rendered);
    }

    @Test
    void theChartRefusesATagInPlaceOfADigestAndNoNamespaces() throws IOException, InterruptedException {
        Result tag = run(
                "template",
                "redoubt",
                "charts/redoubt",
                "--set",
                "namespaces={rag}",
                "--set",
                "images.operator=redoubt-operator:latest",
                "--set",
                "images.guard=redoubt-guard" + NO_IMAGE,
                "--set",
                "images.probe=redoubt-probe" + NO_IMAGE);
        assertThat(tag.status()).isNotZero();
        assertThat(tag.err()).contains("images/operator");

        Result nowhere = run(
                "template",
                "redoubt",
                "charts/redoubt",
                "--set",
                "images.operator=redoubt-operator" + NO_IMAGE,
                "--set",
                "images.guard=redoubt-guard" + NO_IMAGE,
                "--set",
                "images.probe=redoubt-probe" + NO_IMAGE);
        assertThat(nowhere.status()).isNotZero();
        assertThat(nowhere.err()).contains("namespaces");
    }

    private static void check(Path file, String content) throws IOException {
        if (Boolean.getBoolean("redoubt.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file)
                .as("made anew by: mvn -q -pl manifests test -Dredoubt.update=true")
                .exists()
                .content(StandardCharsets.UTF_8)
                .isEqualTo(content);
    }

    private static List<Path> yamlFilesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(found).as("YAML files of " + folder).isNotEmpty();
            return found;
        }
    }

    private static String helm(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        assertThat(result.status()).as(result.err()).isZero();
        return result.out();
    }

    private record Result(int status, String out, String err) {}

    /** Runs the helm that the built-in cluster carries, or the one on the PATH. */
    private static Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "bin=$(e2e/cluster/kube-binary) || exit 70; PATH=\"$bin:$PATH\" exec helm \"$@\"",
                "helm"));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("helm", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(ROOT.toFile()).redirectError(err.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).as("helm ended").isTrue();
            return new Result(process.exitValue(), out, Files.readString(err));
        } finally {
            Files.deleteIfExists(err);
        }
    }
}
