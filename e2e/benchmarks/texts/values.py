"""Values for the templates: names of faker and places of airportsdata (none of them a source of the recogniser's lists),
numbers with valid check digits. A value belongs to one split alone, by a digest of it."""
import datetime
import hashlib
import random as randomness
import string

import airportsdata
import check_digits
import phonenumbers
import secret_values
from faker import Faker

LOCALES = {"en_US": 10, "en_GB": 4, "en_IN": 2, "de_DE": 1, "fr_FR": 1, "es_ES": 1, "it_IT": 1, "pl_PL": 1, "nl_NL": 1, "sv_SE": 1}
ENGLISH = {"US": 6, "GB": 3, "CA": 1, "AU": 1, "IE": 1}
TITLES = ["Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Prof."]
STREETS = ["Street", "Road", "Avenue", "Lane", "Drive", "Court", "Way", "Close", "Place", "Crescent", "Terrace", "Boulevard"]
STREET_NAMES = """Maple Oak Cedar Church Mill Station Victoria Albert Lincoln Jefferson Park Hill River Lake Sunset Highland
    Chestnut Elm Pine Spring Meadow Garden King Queen Bridge Market Harbour Orchard Willow Walnut""".split()
INDUSTRIES = """Logistics Pharma Foods Energy Systems Software Robotics Capital Insurance Airlines Motors Textiles Media
    Biotech Shipping Steel Analytics Brewery Chemicals Consulting Telecom Interiors Optics Dairy""".split()
FORMS = ["Ltd", "Ltd.", "Inc.", "LLC", "GmbH", "plc", "Corp.", "AG", "S.A.", "Limited", "Group", "Holdings"]
INSTITUTIONS = ["General Hospital", "Medical Centre", "University", "Savings Bank", "City Council", "Children's Hospital",
                "Institute of Technology", "Community College", "Credit Union", "Health Clinic"]
KNOWN = """Siemens|Toyota|Nestle|Unilever|Samsung|Pfizer|Vodafone|IKEA|Airbus|Lufthansa|Barclays|HSBC|Goldman Sachs|Walmart|Target
    |Boeing|General Electric|Ford|Tesla|Oracle|SAP|Adobe|Salesforce|Netflix|Spotify|Uber|Airbnb|PayPal|Visa|Mastercard|Shell|BP
    |Deloitte|KPMG|Accenture|Infosys|Tata Steel|Red Cross|UNICEF|World Bank|Bayer|Novartis|Roche|Philips|Nokia|Ericsson|Sony
    |Panasonic|Hitachi|Costco|Starbucks|McDonald's|Coca-Cola|Pepsi|Nike|Adidas|Puma|Zara|Carrefour|Tesco|Sainsbury's|Lidl
    |FedEx|UPS|DHL|Maersk|Delta Air Lines|Ryanair|Marriott|Hilton|Cisco|Intel|Dell|Lenovo|Huawei|Reuters|Bloomberg""".replace("\n", "").split("|")
SYLLABLES = "bra ven tor lix nor zan qua mel fin dor gal pex riv sol ter vox wyn yor kel lum cor ast hex jun mir ost pra tal".split()
ADULT = ("1935-01-01", "2008-12-31")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SECRET_NAMES = ["api_key", "token", "access_token", "client_secret", "auth_token", "private_token", "apiKey"]


class Values:
    """A stream of values for one split; the same seed, the same values."""

    def __init__(self, split, seed):
        self.split = split
        self.random = randomness.Random(f"{split} {seed}")
        self.fakers = {locale: Faker(locale) for locale in LOCALES}
        for faker in self.fakers.values():
            faker.seed_instance(self.random.random())
        self.others = {}
        cities = airportsdata.load("IATA").values()
        self.cities = {}
        for airport in cities:
            city = airport["city"].split("/")[0].strip()
            if city.isascii() and city.replace(" ", "").isalpha() and len(city) > 3 and "Airport" not in city:
                self.cities.setdefault(airport["country"], set()).add(city)
        self.cities = {country: sorted(filter(self.mine, names)) for country, names in self.cities.items()}

    def mine(self, value):
        return hashlib.sha256(value.lower().encode()).digest()[0] % 2 == (self.split == "test")

    def own(self, draw):
        """The first value of those drawn that belongs to this split."""
        return next(filter(self.mine, iter(draw, None)))

    def choice(self, values):
        return self.own(lambda: self.random.choice(values))

    def locale(self, name):
        if name not in self.others:
            self.others[name] = Faker(name)
            self.others[name].seed_instance(self.random.random())
        return self.others[name]

    def digits(self, count, first="0123456789"):
        return self.random.choice(first) + "".join(self.random.choices(string.digits, k=count - 1))

    def retry(self, body, check):
        """Digits of some length with their check digit."""
        while True:
            digits = body()
            last = check(digits)
            if last is not None:
                return digits + last

    # people
    def faker(self):
        return self.fakers[self.random.choices(list(LOCALES), list(LOCALES.values()))[0]]

    def person_first(self, faker=None):
        return self.own((faker or self.faker()).first_name)

    def person_last(self, faker=None):
        return self.own((faker or self.faker()).last_name)

    def person_full(self):
        faker = self.faker()
        middle = f"{self.random.choice(string.ascii_uppercase)}. " if self.random.random() < .1 else ""
        return f"{self.person_first(faker)} {middle}{self.person_last(faker)}"

    # places
    def location_city(self):
        if self.random.random() < .7:
            country = self.random.choices(list(ENGLISH), list(ENGLISH.values()))[0]
        else:
            country = self.random.choice(sorted(c for c in self.cities if len(self.cities[c]) > 4))
        return self.random.choice(self.cities[country])

    def location_country(self):
        return self.own(self.fakers["en_US"].country)

    def location_state(self):
        return self.own(self.fakers["en_US"].state)

    def location_street(self):
        name = self.random.choice(STREET_NAMES) if self.random.random() < .6 else self.person_last(self.fakers["en_GB"])
        return f"{self.random.randrange(1, 2400)} {name} {self.random.choice(STREETS)}"

    def location_address(self):
        city = self.random.choice(self.cities["US"])
        style = self.random.randrange(4)
        if style == 0:
            postcode = self.fakers["en_GB"].postcode()
            return f"{self.location_street()}, {self.random.choice(self.cities['GB'])} {postcode}"
        if style == 1:
            return f"{self.location_street()}, {city}"
        faker = self.fakers["en_US"]
        unit = f" Apt. {self.random.randrange(1, 99)}" if style == 3 else ""
        return f"{self.location_street()}{unit}, {city}, {faker.state_abbr()} {faker.postcode()}"

    def organization(self):
        last = self.person_last
        brand = self.own(lambda: "".join(self.random.sample(SYLLABLES, self.random.choice([2, 2, 3])))).capitalize()
        style = self.random.random()
        if style < .25:
            return f"{brand} {self.choice(FORMS)}"
        if style < .4:
            return f"{self.random.choice([brand, last(self.fakers['en_US'])])} {self.choice(INDUSTRIES)}"
        if style < .5:
            return f"{last(self.fakers['en_GB'])} & {self.random.choice(['Sons', 'Partners', last(self.fakers['en_GB'])])}"
        if style < .6:
            return f"{last()} {self.choice(INDUSTRIES)} {self.choice(FORMS)}"
        if style < .75:
            return f"{self.location_city()} {self.choice(INSTITUTIONS)}"
        return self.choice(KNOWN).strip() if style < .92 else brand

    # numbers
    def phone_number(self):
        region = self.random.choices(["US", "GB", "DE", "FR", "IN", "AU"], [8, 4, 1, 1, 1, 1])[0]
        while True:
            number = phonenumbers.parse(self.digits({"DE": 11, "FR": 9, "AU": 9}.get(region, 10), "123456789"), region)
            if phonenumbers.is_valid_number(number):
                break
        form = self.random.choice([phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164]
                                  + [phonenumbers.PhoneNumberFormat.NATIONAL] * (3 if region in ("US", "GB") else 0))
        text = phonenumbers.format_number(number, form)
        return text.replace(") ", ")").replace("(", "").replace(")", "-") if self.random.random() < .3 and region == "US" else text

    def date_of_birth(self):
        return self.a_date(*ADULT)

    def a_date(self, first="2025-01-01", last="2026-12-31"):
        low, high = (datetime.date.fromisoformat(d).toordinal() for d in (first, last))
        day = datetime.date.fromordinal(self.random.randrange(low, high))
        form = self.random.choice(["%d/%m/%Y", "%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%m/%d/%Y", "%d.%m.%Y", "%d %b %Y"])
        return day.strftime(form)

    def credit_card(self):
        prefix, length = self.random.choice([("4", 16), ("5" + self.random.choice("12345"), 16), ("37", 15), ("6011", 16),
                                             ("36", 14), ("3569", 16)])
        digits = prefix + self.digits(length - len(prefix) - 1)
        digits += check_digits.luhn(digits)
        sign = self.random.choice(["", "", " ", "-"])
        return sign.join(digits[i:i + 4] for i in range(0, 16, 4)) if length == 16 else digits

    def iban_code(self):
        country = self.random.choice(["en_GB", "de_DE", "fr_FR", "nl_NL", "es_ES", "it_IT", "pl_PL"])
        iban = self.locale(country).iban()
        return iban if self.random.random() < .5 else " ".join(iban[i:i + 4] for i in range(0, len(iban), 4))

    def bic(self):
        bank = "".join(self.random.choices(string.ascii_uppercase, k=4))
        country = self.random.choice(["DE", "FR", "GB", "NL", "ES", "IT", "PL", "US", "CH"])
        return bank + country + "".join(self.random.choices(string.ascii_uppercase, k=2)) + self.random.choice(["", "XXX"])

    def crypto(self):
        return check_digits.segwit(self.random.randbytes(20))

    def email_address(self):
        user = f"{self.person_first(self.fakers['en_US'])}.{self.person_last(self.fakers['en_US'])}".lower().replace(" ", "")
        return f"{user}@{self.fakers['en_US'].domain_name()}"

    def ip_address(self):
        faker = self.fakers["en_US"]
        return faker.ipv4() if self.random.random() < .8 else faker.ipv6()

    def mac_address(self):
        return self.fakers["en_US"].mac_address()

    def us_ssn(self):
        return self.fakers["en_US"].ssn()

    def us_passport(self):
        return self.digits(9, "123456789")

    def us_bank_number(self):
        return self.digits(self.random.randrange(9, 13), "123456789")

    def aba_routing_number(self):
        eight = self.random.choice(["01", "02", "05", "06", "07", "11", "12", "21", "26", "31"]) + self.digits(6)
        return eight + check_digits.routing(eight)

    def uk_nino(self):
        prefix = self.random.choice("ABCEGHJKLMNPRSTWXYZ") + self.random.choice("ABCEGHJKLMPRSTWXYZ")
        return f"{prefix} 12 34 56 C".replace("12 34 56", " ".join(self.digits(2) for _ in range(3))) \
            if prefix not in ("GB", "BG", "NK", "KN", "TN", "NT", "ZZ") else self.uk_nino()

    def uk_nhs(self):
        digits = self.retry(lambda: self.digits(9, "4679"), check_digits.nhs)
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if self.random.random() < .6 else digits

    def us_npi(self):
        nine = self.digits(9, "12")
        return nine + check_digits.luhn("80840" + nine)

    def us_mbi(self):
        letters = "ACDEFGHJKMNPQRTUVWXY"
        pick = self.random.choice
        return "".join([pick("123456789"), pick(letters), pick(letters + string.digits), pick(string.digits), pick(letters),
                        pick(letters + string.digits), pick(string.digits), pick(letters), pick(letters), self.digits(2)])

    def medical_license(self):
        six = self.digits(6)
        return self.random.choice("ABFM") + self.random.choice(string.ascii_uppercase) + six + check_digits.dea(six)

    def au_tfn(self):
        return self.retry(lambda: self.digits(8, "123456789"), check_digits.australian_tax)

    def au_abn(self):
        while not (digits := check_digits.australian_business(self.digits(9))):
            pass
        return f"{digits[:2]} {digits[2:5]} {digits[5:8]} {digits[8:]}"

    def au_medicare(self):
        eight = self.digits(8, "23456")
        digits = eight + check_digits.medicare(eight) + self.random.choice("123456789")
        return f"{digits[:4]} {digits[4:9]} {digits[9]}"

    def de_tax_id(self):
        # ten digits, of which one comes twice and another not at all
        ten = self.random.sample(string.digits, 10)
        ten[9] = self.random.choice(ten[:8])
        if ten[0] == "0" or any(ten[i] == ten[i + 1] == ten[(i + 2) % 10] for i in range(9)):
            return self.de_tax_id()
        return "".join(ten) + check_digits.iso_7064_mod_11_10("".join(ten))

    def ch_ahv(self):
        twelve = "756" + self.digits(9)
        last = str(-check_digits.weighted(twelve, (1, 3) * 6) % 10)
        return f"756.{twelve[3:7]}.{twelve[7:11]}.{twelve[11]}{last}"

    def nl_bsn(self):
        return self.retry(lambda: self.digits(8, "123456789"), check_digits.dutch)

    def pt_nif(self):
        eight = self.digits(8, "123")
        return eight + check_digits.portuguese(eight)

    def sg_nric_fin(self):
        first, seven = self.random.choice("STFG"), self.digits(7)
        return first + seven + check_digits.singapore(first, seven)

    def in_aadhaar(self):
        eleven = self.digits(11, "23456789")
        digits = eleven + check_digits.verhoeff(eleven)
        return f"{digits[:4]} {digits[4:8]} {digits[8:]}"

    def in_pan(self):
        letters = "".join(self.random.choices(string.ascii_uppercase, k=3))
        return f"{letters}P{self.random.choice(string.ascii_uppercase)}{self.digits(4)}{self.random.choice(string.ascii_uppercase)}"

    def za_id_number(self):
        twelve = f"{self.birth('%y%m%d')}{self.digits(4)}08"
        return twelve + check_digits.luhn(twelve)

    def birth(self, form):
        return datetime.date.fromordinal(self.random.randrange(712000, 730000)).strftime(form)

    def pl_pesel(self):
        return self.locale("pl_PL").pesel()

    def es_nif(self):
        return self.locale("es_ES").nif()

    def it_fiscal_code(self):
        return self.locale("it_IT").ssn()

    def fr_nir(self):
        body = f"{self.random.choice('12')}{self.birth('%y%m')}{self.random.randrange(10, 96)}{self.digits(6)}"
        digits = f"{body}{97 - int(body) % 97:02d}"
        cuts = (0, 1, 3, 5, 7, 10, 13, 15)
        return " ".join(digits[a:b] for a, b in zip(cuts, cuts[1:]))

    def be_national_number(self):
        nine = f"{self.birth('%y%m%d')}{self.random.randrange(1, 998):03d}"
        return f"{nine[:2]}.{nine[2:4]}.{nine[4:6]}-{nine[6:]}.{97 - int(nine) % 97:02d}"

    def se_personnummer(self):
        nine = f"{self.birth('%y%m%d')}{self.digits(3)}"
        return f"{nine[:6]}-{nine[6:]}{check_digits.luhn(nine)}"

    def no_fodselsnummer(self):
        while True:
            nine = f"{self.birth('%d%m%y')}{self.random.randrange(0, 500):03d}"
            one = -check_digits.weighted(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2)) % 11
            two = -check_digits.weighted(f"{nine}{one}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
            if one < 10 and two < 10:
                return f"{nine}{one}{two}"

    def fi_personal_identity_code(self):
        date, three = self.birth("%d%m%y"), f"{self.random.randrange(2, 900):03d}"
        return f"{date}-{three}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(date + three) % 31]}"

    def ca_sin(self):
        eight = self.digits(8, "1234567")
        digits = eight + check_digits.luhn(eight)
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"

    def br_cpf(self):
        nine = self.digits(9)
        for _ in range(2):
            rest = check_digits.weighted(nine, range(len(nine) + 1, 1, -1)) * 10 % 11
            nine += str(rest % 10)
        return f"{nine[:3]}.{nine[3:6]}.{nine[6:9]}-{nine[9:]}"

    # values that are no entity
    def plain(self, kind):
        if kind.startswith("digits"):
            return self.undisguised(int(kind[len("digits"):]))
        return {
            "order": lambda: f"{self.random.choice(['A', 'ORD-', '#', 'INC'])}{self.digits(6)}",
            "amount": lambda: f"{self.random.choice(['$', 'EUR ', '£'])}{self.random.randrange(5, 900)}.{self.digits(2)}",
            "date": self.a_date,
            "weekday": lambda: self.random.choice(DAYS),
            "title": lambda: self.random.choice(TITLES),
            "tracking": lambda: "1Z" + "".join(self.random.choices(string.ascii_uppercase + string.digits, k=16)),
            "hash": lambda: "".join(self.random.choices("0123456789abcdef", k=40)),
            "uuid": lambda: str(self.fakers["en_US"].uuid4()),
            "secret_name": lambda: self.random.choice(SECRET_NAMES),
        }[kind]()

    def undisguised(self, count):
        """A number that fails Luhn and so is no card."""
        body = self.digits(count - 1, "3456")
        return body + str((int(check_digits.luhn(body)) + self.random.randrange(1, 10)) % 10)

    # secrets: what stands before, the secret, what stands behind
    def secret(self, kind):
        if kind == "URL_CREDENTIALS":
            return secret_values.url_credentials(self.random)
        if kind == "SECRET_ASSIGNED":
            return (*secret_values.assigned(self.random), "")
        if kind == "GENERIC_SECRET":
            return "", secret_values.password(self.random), ""
        return "", secret_values.in_line(self.random), ""
