package dev.redoubt.controller.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private static final List<String> NAMES = List.of("docs.support.rag.guard.redoubt.dev");

    private final Clock start = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final CertificateAuthority authority = CertificateAuthority.create(start);

    @Test
    void aCertificateIsRenewedAfterTwoThirdsOfItsLifeAndNotBefore() {
        IssuedCertificate issued = issue();

        assertThat(authority.current(issued, NAMES, after(Duration.ofDays(59)))).isTrue();
        assertThat(authority.current(issued, NAMES, after(Duration.ofDays(61)))).isFalse();
    }

    @Test
    void aClockThatIsALittleLateAcceptsACertificate() {
        assertThat(authority.current(issue(), NAMES, after(Duration.ofMinutes(-4))))
                .isTrue();
    }

    @Test
    void aCertificateOfAnotherNameIsNotCurrent() {
        assertThat(authority.current(issue(), List.of("chat.support.rag.guard.redoubt.dev"), start))
                .isFalse();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotCurrent() {
        assertThat(CertificateAuthority.create(start).current(issue(), NAMES, start))
                .isFalse();
    }

    @Test
    void anAuthorityThatWasKeptSignsLikeTheOriginal() throws IOException {
        CertificateAuthority kept = CertificateAuthority.read(authority.keep());

        assertThat(kept.current(issue(), NAMES, start)).isTrue();
        assertThat(authority.current(
                        kept.issue("redoubt-guard", NAMES, CertificateAuthority.Usage.SERVER, start), NAMES, start))
                .isTrue();
    }

    @Test
    void aLeafIsNoAuthority() {
        assertThatThrownBy(() -> CertificateAuthority.read(issue())).isInstanceOf(IOException.class);
    }

    @Test
    void aKeyOfAnotherAuthorityIsRefused() {
        IssuedCertificate mixed = new IssuedCertificate(
                authority.certificatePem(),
                CertificateAuthority.create(start).keep().privateKeyPem());

        assertThatThrownBy(() -> CertificateAuthority.read(mixed)).isInstanceOf(IOException.class);
    }

    @Test
    void noPrivateKeyIsPrintedOrQuotedInAnError() {
        IssuedCertificate kept = authority.keep();

        assertThat(kept.toString()).isEqualTo("IssuedCertificate");
        assertThatThrownBy(() -> CertificateAuthority.read(new IssuedCertificate(
                        kept.certificatePem(), kept.privateKeyPem().replaceFirst("\n[A-Za-z0-9+/]{8}", "\n!!!!!!!!"))))
                .isInstanceOf(IOException.class)
                .hasNoCause();
    }

    private IssuedCertificate issue() {
        return authority.issue("redoubt-guard", NAMES, CertificateAuthority.Usage.SERVER, start);
    }

    private Clock after(Duration time) {
        return Clock.offset(start, time);
    }
}
