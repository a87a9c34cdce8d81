package dev.redoubt.profiles;

import dev.redoubt.profiles.Profile.Protocol;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All profiles that this build carries, by name. */
public final class Profiles {
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

    private final Map<String, Profile> byName;
    private final Map<String, Protocol> protocols = new HashMap<>();

    private Profiles(Map<String, Profile> byName) {
        this.byName = byName;
        for (Profile profile : byName.values()) {
            for (Profile.Port port : profile.ports()) {
                Protocol other = protocols.put(port.name(), port.protocol());
                if (other != null && other != port.protocol()) {
                    throw new IllegalArgumentException("ports named " + port.name() + " speak two protocols");
                }
            }
        }
    }

    /**
     * Reads the profiles of this build.
     *
     * @throws UncheckedIOException where one cannot be read
     * @throws IllegalArgumentException where one is not valid
     */
    public static Profiles builtIn() {
        ProfileFiles files = new ProfileFiles("/profiles/", "/schemas/");
        Map<String, Profile> byName = new TreeMap<>();
        for (String file : FILES) {
            Profile profile = files.read(file);
            byName.put(profile.name(), profile);
        }
        return new Profiles(byName);
    }

    /** Those given, for tests of what no engine needs. */
    public static Profiles of(Collection<Profile> profiles) {
        Map<String, Profile> byName = new TreeMap<>();
        profiles.forEach(profile -> byName.put(profile.name(), profile));
        return new Profiles(byName);
    }

    /** The profile of an engine or model API, by the name that a RagPipeline uses. */
    public Optional<Profile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What is spoken on ports of a name, which is the same in all profiles; HTTP where no profile has it. */
    public Protocol protocol(String port) {
        return protocols.getOrDefault(port, Protocol.Http);
    }

    /** Every profile, ordered by name. */
    public Collection<Profile> all() {
        return byName.values();
    }
}
