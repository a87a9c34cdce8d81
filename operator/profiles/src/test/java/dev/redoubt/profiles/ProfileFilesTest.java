package dev.redoubt.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ProfileFilesTest {
    private final ProfileFiles files = new ProfileFiles("/include/", "/include/");

    @Test
    void aRouteThatIsTakenFromAnotherFileIsTheVerySame() {
        Profile taker = files.read("taker.yaml");
        assertThat(taker.routes()).extracting(Route::name).containsExactly("root", "ask");
        assertThat(taker.routes().get(1))
                .isEqualTo(files.read("shared.yaml").routes().get(0));
    }

    @Test
    void aListInAListStandsForItsItemsInTheirOrder() {
        Route ask = files.read("shared.yaml").routes().get(0);
        assertThat(ask.request().values()).extracting(ValueSpec::path).containsExactly("model", "user", "prompt");
        assertThat(ask.response().values()).extracting(ValueSpec::path).containsExactly("model", "user");
    }

    @Test
    void aRouteOrFileThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> files.read("mistaken.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shared.yaml has no route answer");
        assertThatThrownBy(() -> files.read("absent.yaml")).isInstanceOf(UncheckedIOException.class);
    }
}
