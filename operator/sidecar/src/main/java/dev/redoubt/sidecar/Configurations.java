package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.UpstreamCredential;
import dev.redoubt.sidecar.AuditRecord.Place;
import dev.redoubt.sidecar.SnapshotCompiler.MissingSecretException;
import dev.redoubt.sidecar.recognizer.Recognizers;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The configuration in force, from the mount or from a push (see {@link Precedence}). A change comes into force as a
 * whole: whoever has taken a {@link Snapshot} finishes with it. A configuration that cannot be used changes nothing,
 * so a guard that has one keeps it, and a guard that has none refuses everything.
 */
final class Configurations {
    private static final System.Logger LOG = System.getLogger(Configurations.class.getName());

    private final Place place;
    private final SnapshotCompiler compiler;
    private final Limits limits;
    private final Recognizers recognizers;
    private final Metrics metrics;
    private final Precedence precedence;

    private byte[] seenConfig;
    private byte[] seenKeyring;
    private byte[] seenCredential;
    private GuardConfig mounted;
    private GuardConfig loaded;
    private Keyring keyring;
    private UpstreamCredential credential;
    private Attempt attempted;
    private volatile Snapshot current;
    private volatile String missing;

    Configurations(
            Place place,
            SnapshotCompiler compiler,
            Limits limits,
            Recognizers recognizers,
            Metrics metrics,
            LongSupplier clock) {
        this.place = place;
        this.compiler = compiler;
        this.limits = limits;
        this.recognizers = recognizers;
        this.metrics = metrics;
        precedence = new Precedence(clock);
    }

    /** The configuration in force; empty where there is none, and then nothing is allowed. */
    Optional<Snapshot> current() {
        return Optional.ofNullable(current);
    }

    /** What the last configuration waits for; empty where it waits for nothing. */
    Optional<String> missing() {
        return Optional.ofNullable(missing);
    }

    /** What was tried last, so that what failed is not tried every second. A key ring that is read anew is another. */
    private record Attempt(String revision, Keyring keyring, UpstreamCredential credential) {}

    /** What a push led to. */
    sealed interface Pushed {
        /** In force now. */
        record Loaded(String revision) implements Pushed {}

        /** Not a configuration that this guard can read. */
        record Invalid(String why) implements Pushed {}

        /** A configuration of another pipeline or target. */
        record Foreign() implements Pushed {}

        /** A valid configuration that needs something which is not mounted yet. */
        record Waiting(String what) implements Pushed {}
    }

    /** Takes a configuration that the controller pushed. May take a second; not for event loops. */
    synchronized Pushed push(byte[] json) {
        try {
            GuardConfig config = GuardConfig.parse(json);
            if (!isHere(config)) {
                return new Pushed.Foreign();
            }
            String before = current == null ? null : current.revision();
            if (!config.revision().equals(before)) {
                load(config);
            }
            precedence.pushed(config.revision(), before);
            return new Pushed.Loaded(config.revision());
        } catch (MissingSecretException e) {
            return new Pushed.Waiting(e.what());
        } catch (IOException | RuntimeException e) {
            failed("pushed configuration", e);
            return new Pushed.Invalid("it cannot be read or used by this guard");
        }
    }

    /** Takes what the mount shows now. Called every second; cheap while nothing changes. */
    synchronized void mounted(Mount mount) {
        readKeyring(mount.keyring());
        readCredential(mount.upstream());
        if (credential == null && current != null && current.config().upstream().credential()) {
            // what was taken away is not used any longer, and there is nothing to go on with
            current = null;
        }
        readConfig(mount.config());
        boolean news = mounted != null && precedence.believes(mounted.revision());
        GuardConfig wanted = news ? mounted : loaded;
        if (wanted == null || new Attempt(wanted.revision(), keyring, credential).equals(attempted)) {
            return;
        }
        try {
            load(wanted);
        } catch (MissingSecretException e) {
            failed("mounted configuration", e);
        } catch (RuntimeException e) {
            // not tried again before the file changes; new keys reach the configuration in force meanwhile
            mounted = null;
            failed("mounted configuration", e);
        }
    }

    private void readKeyring(byte[] bytes) {
        if (bytes == null || Arrays.equals(bytes, seenKeyring)) {
            return;
        }
        seenKeyring = bytes;
        try {
            keyring = Keyring.parse(bytes);
        } catch (IOException | RuntimeException e) {
            failed("key ring", e);
        }
    }

    /** Without the file, or with one that cannot be read, there is none. */
    private void readCredential(byte[] bytes) {
        if (Arrays.equals(bytes, seenCredential)) {
            return;
        }
        seenCredential = bytes;
        credential = null;
        if (bytes == null) {
            return;
        }
        try {
            credential = UpstreamCredential.parse(bytes);
        } catch (IOException | RuntimeException e) {
            failed("credential of the target", e);
        }
    }

    private void readConfig(byte[] bytes) {
        if (bytes == null || Arrays.equals(bytes, seenConfig)) {
            return;
        }
        seenConfig = bytes;
        try {
            GuardConfig config = GuardConfig.parse(bytes);
            if (isHere(config)) {
                mounted = config;
            } else {
                failed("mounted configuration", new IllegalArgumentException("it is of another target"));
            }
        } catch (IOException | RuntimeException e) {
            failed("mounted configuration", e);
        }
    }

    private boolean isHere(GuardConfig config) {
        return place.equals(new Place(config.namespace(), config.pipeline(), config.target()));
    }

    private void load(GuardConfig config) {
        boolean isFirst = current == null;
        attempted = new Attempt(config.revision(), keyring, credential);
        try {
            current = compiler.compile(config, keyring, credential);
            loaded = config;
            missing = null;
        } catch (MissingSecretException e) {
            missing = e.what();
            throw e;
        }
        limits.retain(config.clients());
        recognizers.retain(config.redaction().recognizers());
        metrics.configuration(config);
        LOG.log(System.Logger.Level.INFO, "configuration {0} is in force", config.revision());
        if (isFirst) {
            // Compiling takes several times the memory that what comes of it needs, and it may be days to the next
            // collection. Afterwards there are requests, which would wait.
            System.gc();
        }
    }

    /** The message of an exception may quote the input: only its kind is told. */
    private void failed(String what, Exception e) {
        metrics.configurationError();
        LOG.log(
                System.Logger.Level.ERROR,
                "the {0} is not used: {1}",
                what,
                e.getClass().getSimpleName());
    }
}
