package dev.redoubt.crds.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class RunningApiServerTest {
    @Test
    void aServerThatCannotStartFailsTheTestsAndSaysWhatIsMissing() throws IOException {
        var script = script(
                "[ $1 = stop ] || rmdir $2; echo 'apiserver: needs zstd, install it by: apt-get install zstd' >&2; exit 1");

        assertThatThrownBy(() -> RunningApiServer.start(script))
                .hasMessage("The API server for the tests did not start:"
                        + " apiserver: needs zstd, install it by: apt-get install zstd");
    }

    /** It is called once more, to stop, when this JVM ends; so it stays until then. */
    private static Path script(String command) throws IOException {
        var script = Files.createTempFile(
                "apiserver-",
                ".sh",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        script.toFile().deleteOnExit();
        return Files.writeString(script, "#!/bin/sh\n" + command + "\n");
    }
}
