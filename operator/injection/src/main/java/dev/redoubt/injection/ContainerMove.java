package dev.redoubt.injection;

import dev.redoubt.injection.InjectionDecision.RejectReason;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Takeover;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Moves the engine's container of a pod to loopback, as the engine's profile says. */
final class ContainerMove {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https?://)?(?:[A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+]):([0-9]+)/*");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private final Profile profile;

    ContainerMove(Profile profile) {
        this.profile = profile;
    }

    /**
     * Index of the container that is the engine.
     *
     * @throws NotMovable where no container can be told to be it
     */
    int choose(Pod pod) throws NotMovable {
        List<Container> containers = pod.getSpec().getContainers();
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            if (containers.size() == 1 || namesPort(containers.get(i))) {
                candidates.add(i);
            }
        }
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String ports =
                profile.ports().stream().map(p -> String.valueOf(p.number())).collect(Collectors.joining(", "));
        if (candidates.isEmpty()) {
            throw new NotMovable(
                    RejectReason.NO_CONTAINER,
                    "none of its " + containers.size() + " containers can be told to be " + profile.name()
                            + ". Add containerPort " + ports + " to the container that is");
        }
        throw new NotMovable(
                RejectReason.AMBIGUOUS_CONTAINER,
                "its containers "
                        + candidates.stream()
                                .map(i -> containers.get(i).getName())
                                .collect(Collectors.joining(" and "))
                        + " could both be " + profile.name() + ". Keep containerPort " + ports + " and the flags "
                        + flags() + " on the one that is");
    }

    /**
     * The ports that the guard takes over from the container.
     *
     * @throws NotMovable where a port cannot be told, or is one that the guard cannot have
     */
    List<GuardPort> ports(Pod pod, Container container) throws NotMovable {
        List<Integer> listens = new ArrayList<>();
        for (Profile.Port port : profile.ports()) {
            listens.add(listenPort(container, port));
        }
        Set<Integer> taken = new HashSet<>(listens);
        taken.add(GuardContainer.ADMIN_PORT);
        taken.add(GuardContainer.HEALTH_PORT);
        Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .flatMap(c -> c.getPorts().stream())
                .forEach(p -> taken.add(p.getContainerPort()));
        List<GuardPort> ports = new ArrayList<>();
        for (int i = 0; i < listens.size(); i++) {
            int upstream = GuardPort.relocated(listens.get(i));
            while (!taken.add(upstream)) {
                upstream = GuardPort.next(upstream);
            }
            ports.add(new GuardPort(profile.ports().get(i).name(), listens.get(i), upstream));
        }
        return List.copyOf(ports);
    }

    /**
     * The container with the settings that confine it to loopback.
     *
     * @throws NotMovable where it has no command line that can be changed
     */
    Container move(Container container, List<GuardPort> ports) throws NotMovable {
        Map<String, Integer> upstreams = ports.stream().collect(Collectors.toMap(GuardPort::name, GuardPort::upstream));
        if (!profile.takeover().arguments().isEmpty()) {
            checkCommandLine(container);
        }
        return set(container, upstreams::get);
    }

    /** The container as it was before {@link #move}, as far as another move can tell. */
    Container moveBack(Container container, List<GuardPort> ports) {
        Map<String, Integer> listens = ports.stream().collect(Collectors.toMap(GuardPort::name, GuardPort::listen));
        return set(container, listens::get);
    }

    /** Whether these are the ports of the profile, by name and in order. */
    boolean fits(List<GuardPort> ports) {
        return ports.stream()
                .map(GuardPort::name)
                .toList()
                .equals(profile.ports().stream().map(Profile.Port::name).toList());
    }

    /** All settings of a move, such as {@code --port=18000}, in the order of the profile. */
    List<String> settings(List<GuardPort> ports) {
        Map<String, Integer> upstreams = ports.stream().collect(Collectors.toMap(GuardPort::name, GuardPort::upstream));
        return Stream.concat(
                        profile.takeover().arguments().stream()
                                .map(a -> a.flag() + "=" + value(a.value(), a.port(), upstreams::get)),
                        profile.takeover().environment().stream()
                                .map(v -> v.name() + "=" + value(v.value(), v.port(), upstreams::get)))
                .toList();
    }

    private Container set(Container container, Function<String, Integer> portNumber) {
        CommandLine line = CommandLine.of(container);
        for (Takeover.Argument argument : profile.takeover().arguments()) {
            String value = value(argument.value(), argument.port(), portNumber);
            line = argument.last() ? line.withLast(argument.flag(), value) : line.with(names(argument), value);
        }
        List<EnvVar> env = new ArrayList<>(container.getEnv());
        for (Takeover.Variable variable : profile.takeover().environment()) {
            EnvVar wanted = new EnvVarBuilder()
                    .withName(variable.name())
                    .withValue(value(variable.value(), variable.port(), portNumber))
                    .build();
            if (env.stream().anyMatch(e -> e.getName().equals(variable.name()))) {
                env.replaceAll(e -> e.getName().equals(variable.name()) ? wanted : e);
            } else {
                env.add(wanted);
            }
        }
        return new ContainerBuilder(line.on(container)).withEnv(env).build();
    }

    private static String value(String literal, String port, Function<String, Integer> portNumber) {
        if (port == null) {
            return literal;
        }
        String number = String.valueOf(portNumber.apply(port));
        return literal == null ? number : literal.replace(Takeover.Variable.PORT, number);
    }

    /** A flag of a port may stand under any name that the profile's port has. */
    private List<String> names(Takeover.Argument argument) {
        return Stream.concat(
                        Stream.of(argument.flag()),
                        profile.ports().stream()
                                .filter(p -> p.name().equals(argument.port()))
                                .flatMap(p -> p.flags().stream()))
                .distinct()
                .toList();
    }

    private void checkCommandLine(Container container) throws NotMovable {
        CommandLine line = CommandLine.of(container);
        if (line.isEmpty()) {
            throw new NotMovable(
                    RejectReason.NO_ARGUMENTS,
                    "container " + container.getName() + " has neither command nor args, and setting one flag would"
                            + " replace the image's own command line. Write the command line out as args");
        }
        if (line.hasShellScript()) {
            throw new NotMovable(
                    RejectReason.SHELL_SCRIPT,
                    "container " + container.getName() + " runs a script in a shell, where a flag cannot be set"
                            + " safely. Use a list of args for the program itself");
        }
        for (Takeover.Argument argument : profile.takeover().arguments()) {
            if (argument.port() == null && line.values(argument.flag()).contains("")) {
                throw new NotMovable(
                        RejectReason.NO_ARGUMENTS,
                        "container " + container.getName() + " gives " + argument.flag()
                                + " no value. Give it one or remove it");
            }
        }
    }

    private boolean namesPort(Container container) {
        CommandLine line = CommandLine.of(container);
        return profile.ports().stream()
                        .anyMatch(port -> tcpPorts(container).contains(port.number())
                                || port.flags().stream()
                                        .anyMatch(flag -> !line.values(flag).isEmpty()))
                || profile.takeover().environment().stream()
                        .filter(variable -> variable.port() != null)
                        .anyMatch(variable -> container.getEnv().stream()
                                .anyMatch(e -> e.getName().equals(variable.name())));
    }

    private int listenPort(Container container, Profile.Port port) throws NotMovable {
        Set<String> stated = stated(container, port);
        if (stated.size() > 1) {
            throw new NotMovable(
                    RejectReason.UNKNOWN_PORT,
                    "container " + container.getName() + " is given several ports for " + port.name()
                            + ". Keep one of them");
        }
        int number;
        if (stated.isEmpty()) {
            number = unstated(container, port);
        } else {
            String text = stated.iterator().next();
            if (!PORT.matcher(text).matches() || Integer.parseInt(text) > GuardPort.MAX) {
                throw new NotMovable(
                        RejectReason.UNKNOWN_PORT,
                        "the port of container " + container.getName() + " cannot be told from its command line or"
                                + " environment. State it as a number");
            }
            number = Integer.parseInt(text);
        }
        if (number < GuardPort.FIRST_UNPRIVILEGED) {
            throw new NotMovable(
                    RejectReason.PRIVILEGED_PORT,
                    "container " + container.getName() + " listens on port " + number
                            + ", and the guard has no right to ports below 1024. Choose a higher port; the Service can"
                            + " keep the low one");
        }
        if (number == GuardContainer.ADMIN_PORT || number == GuardContainer.HEALTH_PORT) {
            throw new NotMovable(
                    RejectReason.RESERVED_PORT,
                    "container " + container.getName() + " listens on port " + number
                            + ", which the guard needs for itself. Choose another port");
        }
        return number;
    }

    /** What the command line and the environment say of a port, references to other variables resolved. */
    private Set<String> stated(Container container, Profile.Port port) {
        CommandLine line = CommandLine.of(container);
        Set<String> stated = port.flags().stream()
                .flatMap(flag -> line.values(flag).stream())
                .map(value -> resolve(container, value))
                .collect(Collectors.toSet());
        for (Takeover.Variable variable : profile.takeover().environment()) {
            if (port.name().equals(variable.port())) {
                container.getEnv().stream()
                        .filter(e -> e.getName().equals(variable.name()))
                        .map(e -> e.getValueFrom() == null && e.getValue() != null ? e.getValue() : "")
                        .flatMap(value -> variable.value() == null ? Stream.of(value) : portOf(value))
                        .forEach(stated::add);
            }
        }
        return stated;
    }

    /** The port of an address, nothing where it is a host alone; empty where it cannot be told. */
    private static Stream<String> portOf(String address) {
        if (HOST.matcher(address).matches()) {
            return Stream.empty();
        }
        Matcher matcher = ADDRESS.matcher(address);
        return Stream.of(matcher.matches() ? matcher.group(1) : "");
    }

    private static String resolve(Container container, String value) {
        Matcher matcher = REFERENCE.matcher(value);
        if (!matcher.matches()) {
            return value;
        }
        return container.getEnv().stream()
                .filter(e -> e.getName().equals(matcher.group(1)) && e.getValue() != null)
                .map(EnvVar::getValue)
                .reduce((first, last) -> last)
                .orElse("");
    }

    /**
     * Nothing says the port: it is the engine's default, unless the container declares another one and that alone. The
     * engine is moved away by an explicit setting in any case.
     */
    private int unstated(Container container, Profile.Port port) throws NotMovable {
        Set<Integer> declared = tcpPorts(container);
        if (declared.isEmpty() || declared.contains(port.number())) {
            return port.number();
        }
        if (declared.size() == 1 && profile.ports().size() == 1) {
            return declared.iterator().next();
        }
        throw new NotMovable(
                RejectReason.UNKNOWN_PORT,
                "container " + container.getName() + " declares several ports, and which one is " + port.name()
                        + " cannot be told. State it by " + flags());
    }

    private static Set<Integer> tcpPorts(Container container) {
        return container.getPorts().stream()
                .filter(port -> port.getProtocol() == null || port.getProtocol().equals("TCP"))
                .map(ContainerPort::getContainerPort)
                .collect(Collectors.toSet());
    }

    private String flags() {
        return profile.ports().stream().flatMap(port -> port.flags().stream()).collect(Collectors.joining(", "));
    }
}
