"""Values of a language other than English; what does not depend on the language is that of values.py."""
import datetime
import unicodedata

import airportsdata
import phonenumbers
from languages import FOREIGN, LANGUAGES
from values import ADULT, SYLLABLES, Values

DIGITS_OF_PHONES = {"DE": (9, 11), "AT": (9, 12), "CH": (9, 9), "FR": (9, 9), "BE": (8, 9), "ES": (9, 9), "MX": (10, 10),
                    "IT": (9, 10), "NL": (9, 9), "PT": (9, 9), "BR": (10, 11)}


class LocalValues(Values):
    """A stream of values for one split and language; the same seed, the same values."""

    def __init__(self, split, seed, language):
        super().__init__(split, f"{seed} {language}")
        self.language = LANGUAGES[language]
        self.main = self.locale(next(iter(self.language.locales)))
        airports = airportsdata.load("IATA").values()
        self.towns = {country: sorted(filter(self.mine, {
            town for airport in airports if airport["country"] == country
            if len(town := airport["city"].split("/")[0].strip()) > 3 and town.replace(" ", "").replace("-", "").isalpha()
            and not any(word in town for word in ("Island", "Airport", "Aeroporto"))})) for country in set(self.language.airports)}

    def pick(self, weights):
        return self.random.choices(list(weights), list(weights.values()))[0]

    # people
    def faker(self):
        return self.locale(self.pick(self.language.locales if self.random.random() < .85 else FOREIGN))

    def person_full(self):
        faker = self.faker()
        return f"{self.person_first(faker)} {self.person_last(faker)}"

    # places
    def location_city(self):
        if self.random.random() < .1:
            return super().location_city()
        if self.language.towns and self.random.random() < .6:
            return self.own(lambda: self.locale(self.random.choice(self.language.towns)).city())
        return self.random.choice(self.towns[self.random.choice(self.language.airports)])

    def location_country(self):
        return self.own(self.main.country)

    def location_street(self):
        return self.random.choice(self.language.streets).format(
            name=self.random.choice(self.language.street_names), number=self.random.randrange(1, 180),
            first=self.person_first(self.main), last=self.person_last(self.main))

    def location_address(self):
        return self.random.choice(self.language.address).format(
            street=self.location_street(), postcode=self.main.postcode(), city=self.location_city(),
            floor=f"{self.random.randrange(1, 9)}.º {self.random.choice(['A', 'B', 'Dto', 'Izq'])}",
            province=self.random.choice(["RM", "MI", "TO", "NA", "BO", "FI", "VR", "PD"]))

    def organization(self):
        language, style = self.language, self.random.random()
        brand = self.own(lambda: "".join(self.random.sample(SYLLABLES, self.random.choice([2, 2, 3])))).capitalize()
        last = self.person_last(self.main)
        if style < .25:
            return f"{brand} {self.random.choice(language.forms)}"
        if style < .45:
            return language.company.format(name=self.random.choice([brand, last]), industry=self.random.choice(language.industries),
                                           form=self.random.choice(language.forms))
        if style < .55:
            return self.random.choice(language.partners).format(a=last, b=self.person_last(self.main))
        if style < .75:
            return self.random.choice(language.institutions).format(city=self.location_city(), name=last)
        return self.choice(language.known) if style < .93 else brand

    # numbers
    def phone_number(self):
        region = self.pick(self.language.regions)
        while True:
            digits = self.digits(self.random.randint(*DIGITS_OF_PHONES[region]), "0123456789" if region == "IT" else "123456789")
            number = phonenumbers.parse(f"+{phonenumbers.country_code_for_region(region)}{digits}")
            if phonenumbers.is_valid_number(number):
                break
        style = self.random.random()
        if style < .35:
            form = phonenumbers.PhoneNumberFormat.INTERNATIONAL if style < .25 else phonenumbers.PhoneNumberFormat.E164
            return phonenumbers.format_number(number, form)
        text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        if style < .45:
            return text.replace(" ", "")
        if style < .65:
            return {"DE": text.replace(" ", "/", 1), "AT": text.replace(" ", "/", 1), "NL": text.replace(" ", "-", 1),
                    "BE": text.replace(" ", "/", 1)}.get(region, text.replace(" ", "."))
        return text

    def date_of_birth(self):
        return self.a_date(*ADULT)

    def a_date(self, first="2025-01-01", last="2026-12-31"):
        low, high = (datetime.date.fromisoformat(d).toordinal() for d in (first, last))
        day = datetime.date.fromordinal(self.random.randrange(low, high))
        return self.random.choice(self.language.dates).format(
            d=day.day, m=day.month, y=day.year, month=self.language.months[day.month - 1])

    def iban_code(self):
        iban = self.locale(self.random.choice(self.language.ibans)).iban()
        return iban if self.random.random() < .5 else " ".join(iban[i:i + 4] for i in range(0, len(iban), 4))

    def email_address(self):
        name = unicodedata.normalize("NFKD", f"{self.person_first(self.main)}.{self.person_last(self.main)}".lower().replace("ß", "ss"))
        user = "".join(c for c in name if c.isascii() and (c.isalnum() or c in ".-"))
        return f"{user}@{self.main.domain_name()}"

    def plain(self, kind):
        if kind == "amount":
            return self.random.choice(self.language.amounts).format(f"{self.random.randrange(5, 900)},{self.digits(2)}")
        if kind == "weekday":
            return self.random.choice(self.language.weekdays)
        return super().plain(kind)
