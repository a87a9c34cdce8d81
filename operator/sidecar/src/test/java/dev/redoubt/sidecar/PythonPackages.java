package dev.redoubt.sidecar;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The official Python clients and servers, in the versions that the images of the end-to-end tests pin. Installed once
 * into the user's cache, a folder per requirements file.
 */
final class PythonPackages {
    static final Path IMAGES = Path.of(System.getProperty("redoubt.root"), "e2e", "images");

    /** What is made or installed once for all runs. */
    static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "redoubt");

    private PythonPackages() {}

    /** The folder with the packages of a requirements file, ready for PYTHONPATH. */
    static Path of(Path requirements) throws IOException, InterruptedException {
        String digest = Guards.sha256(Files.readString(requirements)).substring(0, 12);
        Path packages = CACHE.resolve("python-" + digest);
        Files.createDirectories(CACHE);
        try (FileChannel channel = FileChannel.open(
                        CACHE.resolve("python-" + digest + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.isDirectory(packages)) {
                install(requirements, packages);
            }
            return packages;
        }
    }

    /** The folders of several requirements files as one PYTHONPATH. */
    static String paths(Path... requirements) throws IOException, InterruptedException {
        StringJoiner paths = new StringJoiner(File.pathSeparator);
        for (Path each : requirements) {
            paths.add(of(each).toString());
        }
        return paths.toString();
    }

    private static void install(Path requirements, Path packages) throws IOException, InterruptedException {
        System.err.println("installing " + requirements + " into " + packages + ", once; it takes a minute or two");
        Path unfinished = packages.resolveSibling(packages.getFileName() + ".unfinished");
        List<String> command = new ArrayList<>(List.of("python3", "-m", "pip", "install", "--progress-bar", "off"));
        command.addAll(List.of("--no-deps", "--only-binary", ":all:", "--disable-pip-version-check"));
        command.addAll(List.of("--target", unfinished.toString(), "-r", requirements.toString()));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .inheritIO()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("python3 is not there: install python3 and python3-pip", e);
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pip could not install " + requirements
                    + ": see above; python3-pip and a package index are needed");
        }
        Files.move(unfinished, packages);
    }
}
