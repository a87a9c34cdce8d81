package dev.redoubt.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScramClientTest {
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String BOTH = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CHALLENGE = "r=" + BOTH + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private final ScramClient client = new ScramClient("user", "pencil", NONCE);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void theExampleOfTheStandardIsReproduced() throws ProtocolFault {
        // RFC 7677, section 3
        assertThat(client.first()).asString().isEqualTo("n,,n=user,r=" + NONCE);
        assertThat(client.last(ascii(CHALLENGE)))
                .asString()
                .isEqualTo("c=biws,r=" + BOTH + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThatCode(() -> client.verify(ascii("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatDoesNotKnowTheVerifierIsNotBelieved() throws ProtocolFault {
        assertThatThrownBy(() -> client.verify(ascii("v="))).isInstanceOf(ProtocolFault.class);
        client.last(ascii(CHALLENGE));
        assertThatThrownBy(() -> client.verify(ascii("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=")))
                .isInstanceOf(ProtocolFault.class);
        assertThatThrownBy(() -> client.verify(ascii("e=other-error"))).isInstanceOf(ProtocolFault.class);
    }

    @Test
    void aChallengeThatIsWeakOrOfAnotherLoginIsRefused() {
        for (String challenge : new String[] {
            "r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "r=" + BOTH + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1",
            "r=" + BOTH + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999",
            "r=" + BOTH + ",s=,i=4096",
            "r=" + BOTH + ",s=?,i=4096",
            "r=" + BOTH,
            "",
        }) {
            assertThatThrownBy(() -> client.last(ascii(challenge)))
                    .as(challenge)
                    .isInstanceOf(ProtocolFault.class);
        }
    }
}
