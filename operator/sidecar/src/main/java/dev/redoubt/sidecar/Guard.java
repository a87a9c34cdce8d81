package dev.redoubt.sidecar;

import dev.redoubt.profiles.Profile.Protocol;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.sidecar.AuditRecord.Place;
import dev.redoubt.sidecar.recognizer.Recognizers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** The guard of one target: its listeners, its configuration, its doors for controller and kubelet. */
public final class Guard {
    private static final System.Logger LOG = System.getLogger(Guard.class.getName());
    private static final long STARTUP_SECONDS = 30;
    private static final long DRAIN_POLL_MILLIS = 20;

    private final Settings settings;
    private final MountSource source;
    private final Vertx vertx;
    private final Services services;
    private final AdminServer admin;
    private final Profiles profiles;
    private final ScheduledExecutorService watch;
    private final List<Integer> listening = new ArrayList<>();
    private HealthServer health;

    /**
     * A guard that is configured by the files of its mount.
     *
     * @param auditSink takes one line per decision
     * @param clock monotonic, in nanoseconds
     */
    public Guard(Settings settings, OutputStream auditSink, LongSupplier clock) {
        this(settings, auditSink, clock, () -> Mount.read(settings.directory()));
    }

    /**
     * A guard that is configured by somebody else than a kubelet.
     *
     * @param source asked every second
     */
    public Guard(Settings settings, OutputStream auditSink, LongSupplier clock, MountSource source) {
        this(settings, auditSink, clock, source, Profiles.builtIn());
    }

    Guard(Settings settings, OutputStream auditSink, LongSupplier clock, MountSource source, Profiles profiles) {
        this.settings = settings;
        this.source = source;
        this.profiles = profiles;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops())
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                // no file is served
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Place place = new Place(settings.namespace(), settings.pipeline(), settings.target());
        Metrics metrics = new Metrics();
        Limits limits = new Limits(clock);
        Budget budget = Budget.ofHeap();
        AuditLog audit = new AuditLog(auditSink);
        metrics.gauge("redoubt_body_memory_bytes", "Memory that bodies take now", budget::used);
        metrics.gauge("redoubt_audit_slots_used", "Decisions under way and audit lines that wait", audit::used);
        Recognizers recognizers = new Recognizers(vertx, metrics);
        Configurations configurations =
                new Configurations(place, new SnapshotCompiler(profiles), limits, recognizers, metrics, clock);
        services = new Services(
                vertx,
                place,
                configurations,
                limits,
                recognizers,
                audit,
                metrics,
                budget,
                settings.timeouts(),
                new AtomicBoolean());
        admin = new AdminServer(vertx, configurations, settings.adminPort());
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "redoubt-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens all ports, and has the mount looked at meanwhile. Until a usable configuration is found there, which takes a
     * second, and minutes on a node whose processor is wanted by others, the guard refuses everything;
     * {@link #look} waits for it.
     *
     * @throws IOException where a port cannot be listened on
     */
    public void start() throws IOException {
        long poll = settings.timeouts().poll().toMillis();
        watch.scheduleWithFixedDelay(this::look, 0, poll, TimeUnit.MILLISECONDS);
        Settings.Port first = settings.ports().get(0);
        DatabaseRoles roles = new DatabaseRoles(services, first);
        if (profiles.protocol(first.name()) == Protocol.Postgres) {
            roles.start();
        }
        Readiness readiness = new Readiness(services, new TargetProbe(vertx), first, roles);
        health = new HealthServer(vertx, readiness, services.metrics());
        await(health.listen(settings.healthPort()));
        CancelKeys cancels = new CancelKeys();
        for (Settings.Port port : settings.ports()) {
            int bound = port.listen();
            for (int loop = 0; loop < settings.eventLoops(); loop++) {
                Listening listener = listening(port, bound, cancels, roles);
                await(vertx.deployVerticle(listener));
                bound = listener.port();
            }
            listening.add(bound);
        }
    }

    /** The name of a port says what is spoken there: it is listened on before there is a configuration. */
    private Listening listening(Settings.Port port, int bound, CancelKeys cancels, DatabaseRoles roles) {
        return switch (profiles.protocol(port.name())) {
            case Http -> new Listener(services, bound, port.host(), port.upstream(), settings.pool());
            case Postgres -> new PostgresListener(services, port, bound, settings.pool(), admin.keys(), cancels, roles);
        };
    }

    /** Looks at the mount, as it does by itself every second. What it shows is in force when this returns. */
    public synchronized void look() {
        try {
            Mount mount = source.read();
            services.configurations().mounted(mount);
            admin.mounted(mount);
        } catch (IOException | RuntimeException | LinkageError e) {
            // the next look is a second away; a generation that is swapped while it is read is ordinary
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the mount cannot be read: {0}",
                    e.getClass().getName());
        }
    }

    private static void await(Future<?> future) throws IOException {
        CompletionStage<?> stage = future.toCompletionStage();
        try {
            stage.toCompletableFuture().get(STARTUP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a port cannot be listened on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    /** The ports that are listened on in place of the application, in the order of the settings. */
    public List<Integer> ports() {
        return List.copyOf(listening);
    }

    int adminPort() {
        return admin.port();
    }

    /** The port of the health server. */
    public int healthPort() {
        return health.port();
    }

    Services services() {
        return services;
    }

    /**
     * Stops taking requests, gives those under way their time, writes the audit and closes everything.
     *
     * @throws InterruptedException where the calling thread is interrupted while it waits
     */
    public void stop() throws InterruptedException {
        services.draining().set(true);
        watch.shutdownNow();
        long end = System.nanoTime() + settings.timeouts().drain().toNanos();
        while (services.metrics().inFlight() > 0 && System.nanoTime() - end < 0) {
            Thread.sleep(DRAIN_POLL_MILLIS);
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "not everything closed in time");
        }
        services.audit().close();
    }
}
