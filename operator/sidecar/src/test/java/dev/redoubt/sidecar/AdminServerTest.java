package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
    private final Certificates authority = new Certificates("redoubt");
    private final Certificates.Signed identity = authority.sign("CN=redoubt-controller", null);
    private final SSLContext controller = authority.context(identity);
    private GuardFixture guard;

    private record Answer(int status, String body, X509Certificate server) {}

    @BeforeEach
    void start() throws Exception {
        guard = new GuardFixture(Guards.chroma(), AdminServerTest::empty);
        mountCertificates();
        await().until(() -> guard.guard.adminPort() > 0);
    }

    private static void empty(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/json").end(GuardTest.EMPTY_ANSWER);
    }

    private X509Certificate mountCertificates() throws IOException {
        Certificates.Signed server = authority.sign("CN=guard", Certificates.SERVER_NAME);
        guard.mount("tls.crt", server.certificatePem());
        guard.mount("tls.key", server.keyPem());
        guard.mount("ca.crt", authority.pem());
        return server.certificate();
    }

    @AfterEach
    void stop() throws Exception {
        guard.close();
    }

    private Answer ask(SSLContext as, String method, String path, String body) throws IOException {
        try (SSLSocket socket = (SSLSocket) as.getSocketFactory().createSocket("127.0.0.1", guard.guard.adminPort())) {
            socket.setSoTimeout(20_000);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                    + bytes.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = in.readLine();
            if (status == null) {
                throw new IOException("closed without an answer");
            }
            List<String> lines = in.lines().toList();
            return new Answer(Integer.parseInt(status.substring(9, 12)), lines.get(lines.size() - 1), (X509Certificate)
                    socket.getSession().getPeerCertificates()[0]);
        }
    }

    private static GuardConfig other() {
        return Guards.chroma(Mode.Enforce, Bounds.DEFAULT, 7, List.of());
    }

    @Test
    void theControllerPushesAConfigurationAndHearsItsRevision() throws Exception {
        assertThat(ask(controller, "GET", "/revision", "").body())
                .isEqualTo("{\"revision\":\"" + Guards.chroma().revision() + "\"}");
        Answer answer = ask(controller, "PUT", "/config", other().json());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"revision\":\"" + other().revision() + "\"}");
        assertThat(ask(controller, "GET", "/revision", "").body()).contains(other().revision());
    }

    private boolean isLetIn(SSLContext as) {
        try {
            return ask(as, "GET", "/revision", "").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void nobodyElseIsLetIn() {
        Certificates stranger = new Certificates("stranger");
        assertThat(isLetIn(controller)).isTrue();
        assertThat(isLetIn(authority.context(null))).isFalse();
        assertThat(isLetIn(authority.context(stranger.sign("CN=redoubt-controller", null))))
                .isFalse();
    }

    @Test
    void anotherNameOfTheSameAuthorityIsRefused() throws Exception {
        for (String name : List.of("CN=guard", "CN=redoubt-controller-2", "O=redoubt-controller")) {
            SSLContext as = authority.context(authority.sign(name, null));
            assertThat(ask(as, "PUT", "/config", other().json()).status()).isEqualTo(403);
        }
        assertThat(ask(controller, "GET", "/revision", "").body())
                .contains(Guards.chroma().revision());
    }

    @Test
    void whatCannotBeUsedChangesNothing() throws Exception {
        GuardConfig foreign = other().with().target("elsewhere").build();
        assertThat(ask(controller, "PUT", "/config", "{}").status()).isEqualTo(400);
        assertThat(ask(controller, "PUT", "/config", other().json().replace("\"maxResults\":7", "\"maxResults\":8"))
                        .status())
                .isEqualTo(400);
        assertThat(ask(controller, "PUT", "/config", foreign.json()).status()).isEqualTo(409);
        assertThat(ask(controller, "DELETE", "/config", "").status()).isEqualTo(404);
        assertThat(ask(controller, "GET", "/revision", "").body())
                .contains(Guards.chroma().revision());
        assertThat(guard.health("/metrics").body()).contains("redoubt_configuration_errors_total 2.0");
    }

    @Test
    void aSessionDoesNotOutliveItsAuthority() throws Exception {
        assertThat(ask(controller, "GET", "/revision", "").status()).isEqualTo(200);
        guard.mount("ca.crt", new Certificates("next").pem());
        guard.guard.look();
        // the context resumes its session, for which no certificate is asked again
        assertThat(isLetIn(controller)).isFalse();
    }

    @Test
    void aCertificateThatCannotBeReadLeavesTheOneInUse() throws Exception {
        X509Certificate before = ask(controller, "GET", "/revision", "").server();
        guard.mount("tls.crt", "-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.US_ASCII));
        guard.guard.look();
        assertThat(ask(controller, "GET", "/revision", "").server()).isEqualTo(before);
    }

    @Test
    void aNewCertificateIsServedWithoutClosingThePort() throws Exception {
        X509Certificate before = ask(controller, "GET", "/revision", "").server();
        int port = guard.guard.adminPort();
        X509Certificate after = mountCertificates();
        // a context of its own each time: a resumed session shows the certificate that it began with
        await().ignoreExceptions().until(() -> ask(authority.context(identity), "GET", "/revision", "")
                .server()
                .equals(after));
        assertThat(before).isNotEqualTo(after);
        assertThat(guard.guard.adminPort()).isEqualTo(port);
    }
}
