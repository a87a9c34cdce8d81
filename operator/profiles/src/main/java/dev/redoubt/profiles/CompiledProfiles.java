package dev.redoubt.profiles;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The profiles of this build as {@link RecordForm} writes them, one file each and a list of them. They are made of
 * what people write when this module is built: that takes a second to read, and a guard needs one profile of all.
 */
public final class CompiledProfiles {
    /** Files below {@code profiles/} on the class path; an engine is added by a file and a name here. */
    private static final String[] FILES = {
        "chroma.yaml",
        "elasticsearch.yaml",
        "milvus.yaml",
        "ollama.yaml",
        "openai.yaml",
        "opensearch.yaml",
        "pgvector.yaml",
        "qdrant.yaml",
        "tgi.yaml",
        "weaviate.yaml"
    };

    private static final String FOLDER = "compiled/";
    private static final String SUFFIX = ".profile";
    private static final String LIST = "profiles.list";

    private CompiledProfiles() {}

    /** What is known of a profile without reading it. */
    record Listed(String name, List<Profile.Port> ports) {
        Listed {
            ports = List.copyOf(ports);
        }

        static Listed of(Profile profile) {
            return new Listed(profile.name(), profile.ports());
        }
    }

    record Listing(List<Listed> profiles) {}

    /** All that there are. */
    static List<Listed> list() {
        return read(LIST, Listing.class).profiles();
    }

    /** One of those. */
    static Profile read(String name) {
        return read(name + SUFFIX, Profile.class);
    }

    private static <T> T read(String file, Class<T> type) {
        String resource = "/" + FOLDER + file;
        try (InputStream in = CompiledProfiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing: build with Maven, which makes it");
            }
            return type.cast(new RecordForm().read(type, new DataInputStream(new BufferedInputStream(in))));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** All as people write them. */
    static List<Profile> sources() {
        ProfileFiles files = new ProfileFiles("/profiles/", "/schemas/");
        return Arrays.stream(FILES).map(files::read).toList();
    }

    /**
     * Writes what is read here; part of the build.
     *
     * @param arguments the folder of compiled classes
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0], FOLDER));
        List<Profile> profiles = sources();
        for (Profile profile : profiles) {
            write(folder.resolve(profile.name() + SUFFIX), profile);
        }
        write(
                folder.resolve(LIST),
                new Listing(profiles.stream().map(Listed::of).toList()));
    }

    private static void write(Path file, Record value) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            new RecordForm().write(value.getClass(), value, out);
        }
    }
}
