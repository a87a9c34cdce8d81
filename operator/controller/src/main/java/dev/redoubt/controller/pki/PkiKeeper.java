package dev.redoubt.controller.pki;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Makes the authority and the webhook's certificate when the operator starts, and looks every few minutes whether they
 * are still there and good. Every replica does so: the webhook must not wait for an election.
 */
@ApplicationScoped
public class PkiKeeper {
    private static final Logger LOG = Logger.getLogger(PkiKeeper.class);
    private static final long RETRY_SECONDS = 5;
    private static final long PERIOD_SECONDS = 300;

    private final AuthorityStore authorities;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pki");
        thread.setDaemon(true);
        return thread;
    });

    public PkiKeeper(AuthorityStore authorities) {
        this.authorities = authorities;
    }

    void start(@Observes StartupEvent started) {
        timer.execute(this::look);
    }

    void stop(@Observes ShutdownEvent stopped) {
        timer.shutdownNow();
    }

    private void look() {
        long again = RETRY_SECONDS;
        try {
            authorities.refresh();
            authorities.ensureWebhookCertificate();
            again = PERIOD_SECONDS;
        } catch (RuntimeException e) {
            LOG.errorf("the certificates are not in order, and are looked at again: %s", e.getMessage());
        }
        timer.schedule(this::look, again, TimeUnit.SECONDS);
    }
}
