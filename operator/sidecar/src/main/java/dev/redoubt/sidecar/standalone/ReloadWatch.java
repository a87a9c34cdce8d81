package dev.redoubt.sidecar.standalone;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has a server reload when its files have changed, or on SIGHUP. Files are compared by content: events of a file system do
 * not reach into a container whose files are mounted.
 */
public final class ReloadWatch implements AutoCloseable {
    /** Between two looks at the files. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private final StandaloneServer server;
    private final ScheduledExecutorService thread;
    private boolean changed;

    /** Begins to watch. */
    public ReloadWatch(StandaloneServer server, Duration interval) {
        this.server = server;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "redoubt-reload");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        onHangUp();
    }

    /** A change is taken at the second look, so that a file is not read while it is written. */
    private void look() {
        boolean outdated = server.isOutdated();
        if (outdated && changed) {
            changed = false;
            server.reload();
        } else {
            changed = outdated;
        }
    }

    /** By reflection: the compiler warns of the class, which every JDK has in the module jdk.unsupported. */
    private void onHangUp() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler reload = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    thread.execute(server::reload);
                    return null;
                }
                return method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy) : "reload";
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, reload);
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, proxy);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Windows has no such signal, and a JVM with -Xrs does not give it away; the files are watched all the same
            System.getLogger(ReloadWatch.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "SIGHUP does not reload: {0}",
                            e.getClass().getName());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
