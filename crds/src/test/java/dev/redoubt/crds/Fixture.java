package dev.redoubt.crds;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An object of {@code fixtures/KIND/}: {@code valid-*.yaml} is accepted by the API server, {@code invalid-*.yaml} is
 * refused with every message of its {@code # expect:} lines.
 */
record Fixture(Path file, String yaml, List<String> expected) {
    private static final String EXPECT = "# expect: ";
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static List<Fixture> all() {
        try (var files = Files.walk(root())) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Fixture::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Fixture> valid() {
        return all().stream().filter(Fixture::isValid);
    }

    static Stream<Fixture> invalid() {
        return all().stream().filter(fixture -> !fixture.isValid());
    }

    static Fixture of(String kind, String name) {
        return read(root().resolve(kind).resolve(name + ".yaml"));
    }

    boolean isValid() {
        return name().startsWith("valid-");
    }

    String name() {
        return file.getFileName().toString();
    }

    /** The object as it is written, fields that nobody knows included. */
    GenericKubernetesResource object() {
        return SERIALIZATION.unmarshal(yaml, GenericKubernetesResource.class);
    }

    /** The object as the operator reads it. */
    <T> T as(Class<T> kind) {
        return SERIALIZATION.unmarshal(yaml, kind);
    }

    @Override
    public String toString() {
        return root().relativize(file).toString();
    }

    private static Fixture read(Path file) {
        try {
            var yaml = Files.readString(file);
            var expected = yaml.lines()
                    .filter(line -> line.startsWith(EXPECT))
                    .map(line -> line.substring(EXPECT.length()))
                    .toList();
            return new Fixture(file, yaml, expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("redoubt.root"), "crds", "src", "test", "resources", "fixtures");
    }
}
