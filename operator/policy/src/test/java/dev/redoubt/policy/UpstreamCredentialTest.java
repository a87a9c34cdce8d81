package dev.redoubt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamCredentialTest {
    @Test
    void whatTheControllerWritesTheSidecarReadsAndNobodyPrints() throws IOException {
        UpstreamCredential credential = new UpstreamCredential("admin", "pass:word~!");
        assertThat(UpstreamCredential.parse(credential.json())).isEqualTo(credential);
        assertThat(credential.toString()).doesNotContain("admin", "pass");
        UpstreamCredential key = new UpstreamCredential(null, "key");
        assertThat(UpstreamCredential.parse(key.json())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "line\n", "a\r\nx-admin: yes", "two words", "tab\t", "\u0000", "k\u00E9y", "\u007F"})
    void aValueThatCouldEndAHeaderIsRefusedWithoutBeingQuoted(String value) {
        assertThatThrownBy(() -> new UpstreamCredential(null, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(value.isEmpty() ? "\n" : value);
        assertThatThrownBy(() -> new UpstreamCredential(value, "key")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UpstreamCredential.parse(
                        ("{\"key\":\"" + value.replace("\n", "\\n").replace("\r", "\\r") + "\"}")
                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aColonInAUserNameWouldMoveTheBeginningOfThePassword() {
        assertThatThrownBy(() -> new UpstreamCredential("ann:x", "key")).isInstanceOf(IllegalArgumentException.class);
    }
}
