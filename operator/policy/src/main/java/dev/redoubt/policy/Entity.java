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
    US_PASSPORT(Group.PERSONAL),
    UK_PASSPORT(Group.PERSONAL),
    DE_PASSPORT(Group.PERSONAL),
    IN_PASSPORT(Group.PERSONAL),
    US_DRIVER_LICENSE(Group.PERSONAL),
    UK_DRIVING_LICENCE(Group.PERSONAL),
    IT_DRIVER_LICENSE(Group.PERSONAL),
    IT_FISCAL_CODE(Group.PERSONAL),
    FR_NIR(Group.PERSONAL),
    BE_NATIONAL_NUMBER(Group.PERSONAL),
    NL_BSN(Group.PERSONAL),
    CH_AHV(Group.PERSONAL),
    PT_NIF(Group.PERSONAL),
    PL_PESEL(Group.PERSONAL),
    SE_PERSONNUMMER(Group.PERSONAL),
    NO_FODSELSNUMMER(Group.PERSONAL),
    DK_CPR(Group.PERSONAL),
    FI_PERSONAL_IDENTITY_CODE(Group.PERSONAL),
    CA_SIN(Group.PERSONAL),
    BR_CPF(Group.PERSONAL),
    AU_TFN(Group.PERSONAL),
    AU_ABN(Group.PERSONAL),
    AU_MEDICARE(Group.HEALTH),
    IN_AADHAAR(Group.PERSONAL),
    IN_PAN(Group.PERSONAL),
    SG_NRIC_FIN(Group.PERSONAL),
    KR_RRN(Group.PERSONAL),
    ZA_ID_NUMBER(Group.PERSONAL),
    US_NPI(Group.HEALTH),
    US_MBI(Group.HEALTH),
    BIC(Group.FINANCIAL),
    ABA_ROUTING_NUMBER(Group.FINANCIAL),
    US_BANK_NUMBER(Group.FINANCIAL),
    AWS_ACCESS_KEY(Group.SECRET),
    GITHUB_TOKEN(Group.SECRET),
    GOOGLE_API_KEY(Group.SECRET),
    SLACK_TOKEN(Group.SECRET),
    STRIPE_KEY(Group.SECRET),
    OPENAI_API_KEY(Group.SECRET),
    JWT(Group.SECRET),
    PRIVATE_KEY(Group.SECRET),
    URL_CREDENTIALS(Group.SECRET),
    ANTHROPIC_API_KEY(Group.SECRET),
    HUGGING_FACE_TOKEN(Group.SECRET),
    GITLAB_TOKEN(Group.SECRET),
    NPM_TOKEN(Group.SECRET),
    PYPI_TOKEN(Group.SECRET),
    DOCKER_TOKEN(Group.SECRET),
    SENDGRID_API_KEY(Group.SECRET),
    TWILIO_KEY(Group.SECRET),
    TELEGRAM_BOT_TOKEN(Group.SECRET),
    DISCORD_TOKEN(Group.SECRET),
    SHOPIFY_TOKEN(Group.SECRET),
    DIGITALOCEAN_TOKEN(Group.SECRET),
    DATABRICKS_TOKEN(Group.SECRET),
    VAULT_TOKEN(Group.SECRET),
    TERRAFORM_TOKEN(Group.SECRET),
    MAILGUN_KEY(Group.SECRET),
    MAILCHIMP_KEY(Group.SECRET),
    SQUARE_TOKEN(Group.SECRET),
    LINEAR_API_KEY(Group.SECRET),
    NOTION_TOKEN(Group.SECRET),
    POSTMAN_API_KEY(Group.SECRET),
    GRAFANA_TOKEN(Group.SECRET),
    NEW_RELIC_KEY(Group.SECRET),
    ATLASSIAN_TOKEN(Group.SECRET),
    FIGMA_TOKEN(Group.SECRET),
    AZURE_STORAGE_KEY(Group.SECRET),
    AZURE_CLIENT_SECRET(Group.SECRET),
    GENERIC_SECRET(Group.SECRET);

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
