package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All recognisers that work on the combined automaton; {@link Emails} stand beside it. */
public final class Catalogue {
    private static final List<Recogniser> ALL = Stream.of(
                    Cards.recognisers(),
                    Ibans.recognisers(),
                    Wallets.recognisers(),
                    NetworkAddresses.recognisers(),
                    Phones.recognisers(),
                    UsNumbers.recognisers(),
                    UkNumbers.recognisers(),
                    EuNumbers.recognisers(),
                    WestEuropeanNumbers.recognisers(),
                    NordicNumbers.recognisers(),
                    AmericanNumbers.recognisers(),
                    AsiaPacificNumbers.recognisers(),
                    AfricanNumbers.recognisers(),
                    HealthNumbers.recognisers(),
                    BankNumbers.recognisers(),
                    Passports.recognisers(),
                    DrivingLicences.recognisers(),
                    BirthDates.recognisers(),
                    Secrets.recognisers(),
                    ServiceTokens.recognisers(),
                    GenericSecrets.recognisers(),
                    Credentials.recognisers())
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}

    static List<Recogniser> all() {
        return ALL;
    }

    /**
     * The recognisers of some entities.
     *
     * @param custom those of what policies define
     */
    public static List<Recogniser> of(Collection<Entity> entities, List<Recogniser> custom) {
        return Stream.concat(ALL.stream(), custom.stream())
                .filter(recogniser -> entities.contains(recogniser.entity()))
                .toList();
    }
}
