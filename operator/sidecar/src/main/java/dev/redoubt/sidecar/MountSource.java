package dev.redoubt.sidecar;

import java.io.IOException;

/** Shows a guard its configuration. */
@FunctionalInterface
public interface MountSource {
    /**
     * What there is now. Cheap: it is asked every second.
     *
     * @throws IOException where that cannot be told now; the guard keeps what it has
     */
    Mount read() throws IOException;
}
