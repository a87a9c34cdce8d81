package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.sidecar.Guard;
import dev.redoubt.sidecar.Mount;
import dev.redoubt.sidecar.PoolBounds;
import dev.redoubt.sidecar.Settings;
import dev.redoubt.sidecar.Timeouts;
import dev.redoubt.sidecar.standalone.StandaloneConfig.Door;
import dev.redoubt.sidecar.standalone.StandaloneConfig.GuardedTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The guards of one configuration file. A changed file comes into force as a whole or not at all; what cannot be used
 * leaves everything as it was.
 */
public final class StandaloneServer {
    private static final int REVISION_SHOWN = 12;

    /** As in a pod. Two event loops can share a port that is known, not one that the first of them is given. */
    private static final int MOST_EVENT_LOOPS = 2;

    private final Path file;
    private final OutputStream audit;
    private final Consumer<String> messages;
    private final Map<String, Mount> mounts = new ConcurrentHashMap<>();
    private final Map<String, Guard> guards = new LinkedHashMap<>();
    private StandaloneConfig current;
    private SourceFiles tried;

    /**
     * @param file the configuration
     * @param audit takes the audit of all guards
     * @param messages takes sentences for people
     */
    public StandaloneServer(Path file, OutputStream audit, Consumer<String> messages) {
        this.file = file;
        this.audit = new WholeLines(audit);
        this.messages = messages;
    }

    /**
     * Opens all ports.
     *
     * @param keys what happens where the key ring's file does not exist
     * @throws SpecException where the configuration cannot be used; no port was opened
     * @throws IOException where a port cannot be listened on; all others are closed again
     */
    public synchronized void start(Keys keys) throws SpecException, IOException {
        ConfigFile reading = new ConfigFile(file, keys);
        current = reading.read();
        tried = reading.files();
        show(current);
        messages.accept("starting " + current.targets().size() + " guard(s)");
        for (GuardedTarget target : current.targets()) {
            Guard guard = new Guard(settings(target), audit, System::nanoTime, () -> mounts.get(target.name()));
            guards.put(target.name(), guard);
            try {
                guard.start();
                guard.look();
            } catch (IOException e) {
                stop();
                throw new IOException(
                        "target %s: port %d or %d cannot be listened on"
                                .formatted(
                                        target.name(),
                                        target.door().listen(),
                                        target.door().health()),
                        e);
            }
            messages.accept(serving(target, guard));
        }
    }

    private static String serving(GuardedTarget target, Guard guard) {
        Door door = target.door();
        return "%s: port %d guards %s:%d (%s, %s, %d client(s)), health on port %d, revision %s"
                .formatted(
                        target.name(),
                        guard.ports().get(0),
                        door.host(),
                        door.port(),
                        target.config().profile(),
                        target.config().mode(),
                        target.config().clients().size(),
                        guard.healthPort(),
                        revision(target));
    }

    private Settings settings(GuardedTarget target) {
        Door door = target.door();
        return new Settings(
                target.config().namespace(),
                target.config().pipeline(),
                target.name(),
                List.of(new Settings.Port("http", door.listen(), door.host(), door.port())),
                file.toAbsolutePath().getParent(),
                0,
                door.health(),
                door.listen() == 0
                        ? 1
                        : Math.min(MOST_EVENT_LOOPS, Runtime.getRuntime().availableProcessors()),
                Timeouts.DEFAULT,
                PoolBounds.DEFAULT);
    }

    /**
     * Reads all files again and puts them into force.
     *
     * @return whether that was possible
     */
    public synchronized boolean reload() {
        ConfigFile reading = new ConfigFile(file, Keys.Existing);
        try {
            StandaloneConfig next = reading.read();
            String fixed = fixed(next);
            if (fixed != null) {
                throw new IOException(file + ": " + fixed);
            }
            tried = reading.files();
            current = next;
            show(next);
            guards.values().forEach(Guard::look);
            next.targets()
                    .forEach(target -> messages.accept("reloaded " + target.name() + ", revision " + revision(target)));
            return true;
        } catch (SpecException | IOException e) {
            tried = reading.files();
            messages.accept(e.getMessage() + "; the configuration of before stays in force");
            return false;
        }
    }

    /** Whether a file is not what it was when it was last tried. */
    synchronized boolean isOutdated() {
        return !tried.areCurrent();
    }

    private String fixed(StandaloneConfig next) {
        Map<String, Door> doors = new LinkedHashMap<>();
        current.targets().forEach(target -> doors.put(target.name(), target.door()));
        for (GuardedTarget target : next.targets()) {
            Door before = doors.remove(target.name());
            if (before == null) {
                return "the target " + target.name() + " is new; restart the guard for it";
            }
            if (!before.equals(target.door())) {
                return "the ports or the upstream of " + target.name() + " changed; restart the guard for them";
            }
            if (!sameName(next)) {
                return "the name changed; restart the guard for it";
            }
        }
        return doors.isEmpty()
                ? null
                : "the target " + doors.keySet().iterator().next() + " is gone; restart the guard for that";
    }

    private boolean sameName(StandaloneConfig next) {
        return current.targets()
                .get(0)
                .config()
                .pipeline()
                .equals(next.targets().get(0).config().pipeline());
    }

    private void show(StandaloneConfig config) {
        config.targets().forEach(target -> mounts.put(target.name(), Mount.of(target.config(), config.keyring())));
    }

    private static String revision(GuardedTarget target) {
        return target.config().revision().substring(0, REVISION_SHOWN);
    }

    /** The ports that are listened on, by the names of targets. */
    public synchronized Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        guards.forEach((name, guard) -> ports.put(name, guard.ports().get(0)));
        return ports;
    }

    /** Lets requests under way end, writes the audit and closes all ports. */
    public synchronized void stop() {
        for (Guard guard : guards.values()) {
            try {
                guard.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        guards.clear();
    }

    /** Keeps the lines of several guards apart. */
    private static final class WholeLines extends OutputStream {
        private final OutputStream sink;

        WholeLines(OutputStream sink) {
            this.sink = sink;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            sink.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            sink.write(bytes, from, length);
            sink.flush();
        }
    }
}
