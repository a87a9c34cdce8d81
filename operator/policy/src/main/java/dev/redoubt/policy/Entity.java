package dev.redoubt.policy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Everything that the built-in recognisers find, by the names that Presidio uses where it has one. */
public enum Entity {
    PERSON(Group.NAME),
    LOCATION(Group.NAME),
    ORGANIZATION(Group.NAME),
    EMAIL_ADDRESS(Group.PERSONAL),
    PHONE_NUMBER(Group.PERSONAL),
    CREDIT_CARD(Group.FINANCIAL),
    IBAN_CODE(Group.FINANCIAL),
    CRYPTO(Group.FINANCIAL),
    IP_ADDRESS(Group.NETWORK),
    MAC_ADDRESS(Group.NETWORK),
    US_SSN(Group.PERSONAL),
    US_ITIN(Group.PERSONAL),
    UK_NHS(Group.HEALTH),
    UK_NINO(Group.PERSONAL),
    ES_NIF(Group.PERSONAL),
    DE_TAX_ID(Group.PERSONAL),
    MEDICAL_LICENSE(Group.HEALTH),
    DATE_OF_BIRTH(Group.PERSONAL),
    AWS_ACCESS_KEY(Group.SECRET),
    GITHUB_TOKEN(Group.SECRET),
    GOOGLE_API_KEY(Group.SECRET),
    SLACK_TOKEN(Group.SECRET),
    STRIPE_KEY(Group.SECRET),
    OPENAI_API_KEY(Group.SECRET),
    JWT(Group.SECRET),
    PRIVATE_KEY(Group.SECRET),
    URL_CREDENTIALS(Group.SECRET);

    /** Name in a rule that stands for every entity. */
    public static final String EVERY = "*";

    /** Name in a rule that stands for every kind of secret. */
    public static final String SECRET = "SECRET";

    private final Group group;

    Entity(Group group) {
        this.group = group;
    }

    public Group group() {
        return group;
    }

    /**
     * The entities that a name in a rule stands for.
     *
     * @param name an entity, {@link #SECRET} or {@link #EVERY}
     * @return empty where nobody recognises that name
     */
    public static Optional<Set<Entity>> named(String name) {
        if (EVERY.equals(name)) {
            return Optional.of(EnumSet.allOf(Entity.class));
        }
        if (SECRET.equals(name)) {
            EnumSet<Entity> secrets = EnumSet.noneOf(Entity.class);
            Arrays.stream(values()).filter(e -> e.group == Group.SECRET).forEach(secrets::add);
            return Optional.of(secrets);
        }
        return Arrays.stream(values())
                .filter(e -> e.name().equals(name))
                .findFirst()
                .map(EnumSet::of);
    }

    /** Families that documentation and ready-made policies speak of. */
    public enum Group {
        NAME,
        PERSONAL,
        FINANCIAL,
        HEALTH,
        NETWORK,
        SECRET
    }
}
