package dev.redoubt.policy;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A kind of text that is recognised: one of the constants, which come with Redoubt and have the names that Presidio uses
 * where it has one, or a policy's own. Equal names are equal entities.
 *
 * @param name what rules, replacements, metrics and the audit call it
 * @param group its family
 */
public record Entity(String name, Group group) implements Comparable<Entity> {
    private static final Map<String, Entity> BUILT_IN = new LinkedHashMap<>();
    private static final Pattern NAME = Pattern.compile("(?=.{2,63}$)[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

    public static final Entity PERSON = builtIn("PERSON", Group.NAME);
    public static final Entity LOCATION = builtIn("LOCATION", Group.NAME);
    public static final Entity ORGANIZATION = builtIn("ORGANIZATION", Group.NAME);
    public static final Entity EMAIL_ADDRESS = builtIn("EMAIL_ADDRESS", Group.PERSONAL);
    public static final Entity PHONE_NUMBER = builtIn("PHONE_NUMBER", Group.PERSONAL);
    public static final Entity CREDIT_CARD = builtIn("CREDIT_CARD", Group.FINANCIAL);
    public static final Entity IBAN_CODE = builtIn("IBAN_CODE", Group.FINANCIAL);
    public static final Entity CRYPTO = builtIn("CRYPTO", Group.FINANCIAL);
    public static final Entity IP_ADDRESS = builtIn("IP_ADDRESS", Group.NETWORK);
    public static final Entity MAC_ADDRESS = builtIn("MAC_ADDRESS", Group.NETWORK);
    public static final Entity US_SSN = builtIn("US_SSN", Group.PERSONAL);
    public static final Entity US_ITIN = builtIn("US_ITIN", Group.PERSONAL);
    public static final Entity UK_NHS = builtIn("UK_NHS", Group.HEALTH);
    public static final Entity UK_NINO = builtIn("UK_NINO", Group.PERSONAL);
    public static final Entity ES_NIF = builtIn("ES_NIF", Group.PERSONAL);
    public static final Entity DE_TAX_ID = builtIn("DE_TAX_ID", Group.PERSONAL);
    public static final Entity MEDICAL_LICENSE = builtIn("MEDICAL_LICENSE", Group.HEALTH);
    public static final Entity DATE_OF_BIRTH = builtIn("DATE_OF_BIRTH", Group.PERSONAL);
    public static final Entity US_PASSPORT = builtIn("US_PASSPORT", Group.PERSONAL);
    public static final Entity UK_PASSPORT = builtIn("UK_PASSPORT", Group.PERSONAL);
    public static final Entity DE_PASSPORT = builtIn("DE_PASSPORT", Group.PERSONAL);
    public static final Entity IN_PASSPORT = builtIn("IN_PASSPORT", Group.PERSONAL);
    public static final Entity US_DRIVER_LICENSE = builtIn("US_DRIVER_LICENSE", Group.PERSONAL);
    public static final Entity UK_DRIVING_LICENCE = builtIn("UK_DRIVING_LICENCE", Group.PERSONAL);
    public static final Entity IT_DRIVER_LICENSE = builtIn("IT_DRIVER_LICENSE", Group.PERSONAL);
    public static final Entity IT_FISCAL_CODE = builtIn("IT_FISCAL_CODE", Group.PERSONAL);
    public static final Entity FR_NIR = builtIn("FR_NIR", Group.PERSONAL);
    public static final Entity BE_NATIONAL_NUMBER = builtIn("BE_NATIONAL_NUMBER", Group.PERSONAL);
    public static final Entity NL_BSN = builtIn("NL_BSN", Group.PERSONAL);
    public static final Entity CH_AHV = builtIn("CH_AHV", Group.PERSONAL);
    public static final Entity PT_NIF = builtIn("PT_NIF", Group.PERSONAL);
    public static final Entity PL_PESEL = builtIn("PL_PESEL", Group.PERSONAL);
    public static final Entity SE_PERSONNUMMER = builtIn("SE_PERSONNUMMER", Group.PERSONAL);
    public static final Entity NO_FODSELSNUMMER = builtIn("NO_FODSELSNUMMER", Group.PERSONAL);
    public static final Entity DK_CPR = builtIn("DK_CPR", Group.PERSONAL);
    public static final Entity FI_PERSONAL_IDENTITY_CODE = builtIn("FI_PERSONAL_IDENTITY_CODE", Group.PERSONAL);
    public static final Entity CA_SIN = builtIn("CA_SIN", Group.PERSONAL);
    public static final Entity BR_CPF = builtIn("BR_CPF", Group.PERSONAL);
    public static final Entity AU_TFN = builtIn("AU_TFN", Group.PERSONAL);
    public static final Entity AU_ABN = builtIn("AU_ABN", Group.PERSONAL);
    public static final Entity AU_MEDICARE = builtIn("AU_MEDICARE", Group.HEALTH);
    public static final Entity IN_AADHAAR = builtIn("IN_AADHAAR", Group.PERSONAL);
    public static final Entity IN_PAN = builtIn("IN_PAN", Group.PERSONAL);
    public static final Entity SG_NRIC_FIN = builtIn("SG_NRIC_FIN", Group.PERSONAL);
    public static final Entity KR_RRN = builtIn("KR_RRN", Group.PERSONAL);
    public static final Entity ZA_ID_NUMBER = builtIn("ZA_ID_NUMBER", Group.PERSONAL);
    public static final Entity US_NPI = builtIn("US_NPI", Group.HEALTH);
    public static final Entity US_MBI = builtIn("US_MBI", Group.HEALTH);
    public static final Entity BIC = builtIn("BIC", Group.FINANCIAL);
    public static final Entity ABA_ROUTING_NUMBER = builtIn("ABA_ROUTING_NUMBER", Group.FINANCIAL);
    public static final Entity US_BANK_NUMBER = builtIn("US_BANK_NUMBER", Group.FINANCIAL);
    public static final Entity AWS_ACCESS_KEY = builtIn("AWS_ACCESS_KEY", Group.SECRET);
    public static final Entity GITHUB_TOKEN = builtIn("GITHUB_TOKEN", Group.SECRET);
    public static final Entity GOOGLE_API_KEY = builtIn("GOOGLE_API_KEY", Group.SECRET);
    public static final Entity SLACK_TOKEN = builtIn("SLACK_TOKEN", Group.SECRET);
    public static final Entity STRIPE_KEY = builtIn("STRIPE_KEY", Group.SECRET);
    public static final Entity OPENAI_API_KEY = builtIn("OPENAI_API_KEY", Group.SECRET);
    public static final Entity JWT = builtIn("JWT", Group.SECRET);
    public static final Entity PRIVATE_KEY = builtIn("PRIVATE_KEY", Group.SECRET);
    public static final Entity URL_CREDENTIALS = builtIn("URL_CREDENTIALS", Group.SECRET);
    public static final Entity ANTHROPIC_API_KEY = builtIn("ANTHROPIC_API_KEY", Group.SECRET);
    public static final Entity HUGGING_FACE_TOKEN = builtIn("HUGGING_FACE_TOKEN", Group.SECRET);
    public static final Entity GITLAB_TOKEN = builtIn("GITLAB_TOKEN", Group.SECRET);
    public static final Entity NPM_TOKEN = builtIn("NPM_TOKEN", Group.SECRET);
    public static final Entity PYPI_TOKEN = builtIn("PYPI_TOKEN", Group.SECRET);
    public static final Entity DOCKER_TOKEN = builtIn("DOCKER_TOKEN", Group.SECRET);
    public static final Entity SENDGRID_API_KEY = builtIn("SENDGRID_API_KEY", Group.SECRET);
    public static final Entity TWILIO_KEY = builtIn("TWILIO_KEY", Group.SECRET);
    public static final Entity TELEGRAM_BOT_TOKEN = builtIn("TELEGRAM_BOT_TOKEN", Group.SECRET);
    public static final Entity DISCORD_TOKEN = builtIn("DISCORD_TOKEN", Group.SECRET);
    public static final Entity SHOPIFY_TOKEN = builtIn("SHOPIFY_TOKEN", Group.SECRET);
    public static final Entity DIGITALOCEAN_TOKEN = builtIn("DIGITALOCEAN_TOKEN", Group.SECRET);
    public static final Entity DATABRICKS_TOKEN = builtIn("DATABRICKS_TOKEN", Group.SECRET);
    public static final Entity VAULT_TOKEN = builtIn("VAULT_TOKEN", Group.SECRET);
    public static final Entity TERRAFORM_TOKEN = builtIn("TERRAFORM_TOKEN", Group.SECRET);
    public static final Entity MAILGUN_KEY = builtIn("MAILGUN_KEY", Group.SECRET);
    public static final Entity MAILCHIMP_KEY = builtIn("MAILCHIMP_KEY", Group.SECRET);
    public static final Entity SQUARE_TOKEN = builtIn("SQUARE_TOKEN", Group.SECRET);
    public static final Entity LINEAR_API_KEY = builtIn("LINEAR_API_KEY", Group.SECRET);
    public static final Entity NOTION_TOKEN = builtIn("NOTION_TOKEN", Group.SECRET);
    public static final Entity POSTMAN_API_KEY = builtIn("POSTMAN_API_KEY", Group.SECRET);
    public static final Entity GRAFANA_TOKEN = builtIn("GRAFANA_TOKEN", Group.SECRET);
    public static final Entity NEW_RELIC_KEY = builtIn("NEW_RELIC_KEY", Group.SECRET);
    public static final Entity ATLASSIAN_TOKEN = builtIn("ATLASSIAN_TOKEN", Group.SECRET);
    public static final Entity FIGMA_TOKEN = builtIn("FIGMA_TOKEN", Group.SECRET);
    public static final Entity AZURE_STORAGE_KEY = builtIn("AZURE_STORAGE_KEY", Group.SECRET);
    public static final Entity AZURE_CLIENT_SECRET = builtIn("AZURE_CLIENT_SECRET", Group.SECRET);
    public static final Entity GENERIC_SECRET = builtIn("GENERIC_SECRET", Group.SECRET);

    /** Name in a rule that stands for every entity. */
    public static final String EVERY = "*";

    /** Name in a rule that stands for every kind of secret. */
    public static final String SECRET = "SECRET";

    public Entity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(group, "group");
    }

    private static Entity builtIn(String name, Group group) {
        Entity entity = new Entity(name, group);
        BUILT_IN.put(name, entity);
        return entity;
    }

    /** All that come with Redoubt, by their names, in their order. */
    public static Map<String, Entity> builtIn() {
        return Collections.unmodifiableMap(BUILT_IN);
    }

    /** All that come with Redoubt, of some families. */
    public static List<Entity> of(Group... groups) {
        return BUILT_IN.values().stream()
                .filter(entity -> Arrays.asList(groups).contains(entity.group))
                .toList();
    }

    /**
     * One of a policy's own.
     *
     * @throws IllegalArgumentException where the name is not two to 63 capitals and digits with single underscores between, or
     *     is taken
     */
    public static Entity custom(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of an entity is 2 to 63 capitals and digits with single underscores, such as EMPLOYEE_ID");
        }
        if (SECRET.equals(name) || BUILT_IN.containsKey(name)) {
            throw new IllegalArgumentException(name + " is a built-in entity; choose another name");
        }
        return new Entity(name, Group.CUSTOM);
    }

    @Override
    public int compareTo(Entity other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entity entity && name.equals(entity.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Families that documentation and ready-made policies speak of. */
    public enum Group {
        NAME,
        PERSONAL,
        FINANCIAL,
        HEALTH,
        NETWORK,
        SECRET,
        /** What policies define. */
        CUSTOM
    }
}
