"""How what a recogniser says is held against the labels of the texts."""

SECRET = "SECRET"
UNMEASURED = "UNMEASURED"

# Entities whose check digits or checksums a recogniser can prove.
CHECKSUM = set("""CREDIT_CARD IBAN_CODE CRYPTO UK_NHS ES_NIF DE_TAX_ID IT_FISCAL_CODE FR_NIR BE_NATIONAL_NUMBER NL_BSN CH_AHV
    PT_NIF PL_PESEL SE_PERSONNUMMER NO_FODSELSNUMMER FI_PERSONAL_IDENTITY_CODE CA_SIN BR_CPF AU_TFN AU_ABN AU_MEDICARE
    IN_AADHAAR SG_NRIC_FIN ZA_ID_NUMBER US_NPI ABA_ROUTING_NUMBER MEDICAL_LICENSE""".split())

# Entities that Presidio's default configuration looks for too; it leaves organizations out ("has many false positives").
PRESIDIO = set("""PERSON LOCATION EMAIL_ADDRESS PHONE_NUMBER CREDIT_CARD IBAN_CODE CRYPTO IP_ADDRESS MAC_ADDRESS US_SSN US_ITIN
    UK_NHS MEDICAL_LICENSE DATE_OF_BIRTH US_PASSPORT US_DRIVER_LICENSE US_BANK_NUMBER""".split())

# Those that it finds in every language, without a model of it; DATE_OF_BIRTH stands for its dates.
IN_EVERY_LANGUAGE = set("EMAIL_ADDRESS PHONE_NUMBER CREDIT_CARD IBAN_CODE CRYPTO IP_ADDRESS MAC_ADDRESS DATE_OF_BIRTH".split())

# What it finds besides: names where a registry serves a model, and numbers that it has a recogniser of.
IN_LANGUAGES = {"fr": {"PERSON", "LOCATION"}, "es": {"PERSON", "LOCATION", "ES_NIF"}, "de": {"DE_TAX_ID"}, "it": {"IT_FISCAL_CODE"}}

NOT_LABELLED = {"URL", "NRP", "DATE_TIME", "AGE", "TITLE"}


def of_both(language):
    """The entities that both look for in texts of a language."""
    return PRESIDIO if language == "en" else IN_EVERY_LANGUAGE | IN_LANGUAGES.get(language, set())


def of_redoubt(secrets):
    """Every kind of secret is one label: which service a key belongs to is of no concern here."""
    return lambda spans: [(SECRET if e in secrets else e, start, end) for e, start, end in spans]


def of_presidio(spans, labels):
    """A DATE_TIME on a date of birth is right, elsewhere it is neither right nor wrong, as are kinds that no text labels."""
    births = [(start, end) for entity, start, end in labels if entity == "DATE_OF_BIRTH"]
    mapped = []
    for entity, start, end in spans:
        if entity == "DATE_TIME" and any(start < e and s < end for s, e in births):
            mapped.append(("DATE_OF_BIRTH", start, end))
        elif entity not in NOT_LABELLED:
            mapped.append(("ES_NIF" if entity == "ES_NIE" else entity, start, end))
    return mapped


def without_overlaps(results):
    """Of spans that overlap the one with the better score, then the longer: (entity, start, end, score) without score."""
    kept = []
    for entity, start, end, _ in sorted(results, key=lambda r: (-r[3], r[1] - r[2])):
        if all(end <= s or e <= start for _, s, e in kept):
            kept.append((entity, start, end))
    return sorted(kept, key=lambda span: span[1])
