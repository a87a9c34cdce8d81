package dev.redoubt.sidecar.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as the jar tells it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"redoubt-guard " + Objects.requireNonNullElse(version, "of a build folder")};
    }
}
