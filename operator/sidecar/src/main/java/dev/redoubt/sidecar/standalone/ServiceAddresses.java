package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.spec.Fields;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.SpecNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the Services are that policies name. One that is not told of is reached by its own name and port. */
public final class ServiceAddresses {
    private static final int MOST_SERVICES = 16;
    private static final int LONGEST_NAME = 63;

    private final Map<String, Address> addresses = new TreeMap<>();

    /** Services of a configuration file. */
    static ServiceAddresses parse(Fields fields) throws SpecException {
        ServiceAddresses services = new ServiceAddresses();
        for (SpecNode item : fields.items("services", MOST_SERVICES)) {
            Fields service = Fields.of(item, "name", "upstream");
            String name = service.require("name").text(LONGEST_NAME);
            Address address = Address.parse(service.require("upstream"), "presidio:3000");
            if (services.addresses.put(name, address) != null) {
                throw new SpecException(item.place(), "two services are named " + name);
            }
        }
        return services;
    }

    /**
     * Services of a command line.
     *
     * @param addresses {@code host:port} or a port, by names
     * @throws IllegalArgumentException where one has another form
     */
    public static ServiceAddresses of(Map<String, String> addresses) {
        ServiceAddresses services = new ServiceAddresses();
        addresses.forEach((name, address) -> services.addresses.put(
                name,
                Address.of(address)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--service " + name + " is no host:port, such as presidio:3000"))));
        return services;
    }

    /** The same rules, with every recogniser at its address. */
    public Redaction resolve(Redaction redaction) {
        List<ExternalRecognizer> resolved = redaction.recognizers().stream()
                .map(recognizer -> {
                    Address address = addresses.get(recognizer.host());
                    return address == null ? recognizer : recognizer.at(address.host(), address.port());
                })
                .toList();
        return redaction.with(resolved);
    }
}
