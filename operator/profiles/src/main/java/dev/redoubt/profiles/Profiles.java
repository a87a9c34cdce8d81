package dev.redoubt.profiles;

import dev.redoubt.profiles.CompiledProfiles.Listed;
import dev.redoubt.profiles.Profile.Protocol;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Profiles by name, each read when it is first asked for. For any number of threads. */
public final class Profiles {
    private final Map<String, Listed> listed = new TreeMap<>();
    private final Map<String, Protocol> protocols = new HashMap<>();
    private final Map<String, Profile> read = new ConcurrentHashMap<>();
    private final Function<String, Profile> reader;

    private Profiles(List<Listed> list, Function<String, Profile> reader) {
        this.reader = reader;
        for (Listed each : list) {
            listed.put(each.name(), each);
            for (Profile.Port port : each.ports()) {
                Protocol other = protocols.put(port.name(), port.protocol());
                if (other != null && other != port.protocol()) {
                    throw new IllegalArgumentException("ports named " + port.name() + " speak two protocols");
                }
            }
        }
    }

    private static final class BuiltIn {
        static final Profiles ALL = new Profiles(CompiledProfiles.list(), CompiledProfiles::read);
    }

    /**
     * The profiles of this build.
     *
     * @throws UncheckedIOException where they cannot be read
     */
    public static Profiles builtIn() {
        return BuiltIn.ALL;
    }

    /** Those given, for tests of what no engine needs. */
    public static Profiles of(Collection<Profile> profiles) {
        Map<String, Profile> byName = new HashMap<>();
        profiles.forEach(profile -> byName.put(profile.name(), profile));
        return new Profiles(profiles.stream().map(Listed::of).toList(), byName::get);
    }

    /**
     * The profile of an engine or model API, by the name that a RagPipeline uses.
     *
     * @throws UncheckedIOException where it cannot be read
     */
    public Optional<Profile> find(String name) {
        return listed.containsKey(name) ? Optional.of(read.computeIfAbsent(name, reader)) : Optional.empty();
    }

    /** What is spoken on ports of a name, which is the same in all profiles; HTTP where no profile has it. */
    public Protocol protocol(String port) {
        return protocols.getOrDefault(port, Protocol.Http);
    }

    /** Names in order of the profiles whose ports speak nothing but one protocol. */
    public List<String> speaking(Protocol protocol) {
        return listed.values().stream()
                .filter(each -> each.ports().stream().allMatch(port -> port.protocol() == protocol))
                .map(Listed::name)
                .toList();
    }

    /** Every profile, ordered by name. */
    public Collection<Profile> all() {
        return listed.keySet().stream().map(name -> find(name).orElseThrow()).toList();
    }
}
