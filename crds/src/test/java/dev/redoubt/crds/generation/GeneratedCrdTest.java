package dev.redoubt.crds.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratedCrdTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("redoubt.root"), "crds", "src", "main", "resources", "crds");

    @Test
    void theCheckedInDefinitionsAreThoseOfTheJavaTypes() throws IOException {
        var generated = new CrdGenerator().generate();
        if (Boolean.getBoolean("redoubt.update")) {
            for (var file : generated.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        }

        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .isEqualTo(generated.keySet());
        }
        for (var file : generated.entrySet()) {
            assertThat(FOLDER.resolve(file.getKey()))
                    .as("update by: mvn -q -pl crds test -Dtest=GeneratedCrdTest -Dredoubt.update=true")
                    .hasContent(file.getValue());
        }
    }
}
