"""Synthetic support tickets with personal data, the same for the same seed. Nobody in them exists."""

import random
from dataclasses import dataclass

FIRST = "Ann Ben Carla Dmitri Elena Farid Grace Hugo Ines Jonas Keiko Liam Maria Nadia Omar Priya Quentin Rosa Sven Tara".split()
LAST = "Lee Ortiz Novak Haddad Schmidt Okafor Rossi Dubois Larsen Kim Patel Silva Moreau Weber Costa Ivanov Brandt Diaz Fujita Walsh".split()
PRODUCTS = "router thermostat camera doorbell speaker tablet printer scanner headset charger".split()
PLACES = "Lisbon Oslo Denver Kyoto Nairobi Dublin Prague Lima Perth Tallinn".split()
PROBLEMS = [
    "stopped answering after the firmware update",
    "was delivered with a broken power supply",
    "was charged twice on the last invoice",
    "loses its wireless connection every night",
    "shows the wrong time zone in the mobile app",
]


@dataclass(frozen=True)
class Ticket:
    id: str
    text: str
    email: str
    card: str
    name: str
    question: str

    def metadata(self):
        return {"email": self.email, "customer": self.name}


def luhn(digits):
    """The digits with their check digit (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def tickets(count=500, seed=7):
    """`count` tickets; every combination of product, problem and place occurs once."""
    rng = random.Random(seed)
    combinations = [(a, b, c) for a in PRODUCTS for b in PROBLEMS for c in PLACES]
    rng.shuffle(combinations)
    made = []
    for number, (product, problem, place) in enumerate(combinations[:count]):
        first, last = rng.choice(FIRST), rng.choice(LAST)
        email = f"{first}.{last}{number}@example.com".lower()
        card = luhn("4" + "".join(rng.choice("0123456789") for _ in range(14)))
        phone = f"+1 415-555-{rng.randrange(100, 200):04d}"
        text = (
            f"The {product} of {first} {last} in {place} {problem}. "
            f"Reach the customer at {email} or {phone}; refund to card {card}."
        )
        question = f"Which {product} in {place} {problem}?"
        made.append(Ticket(f"ticket-{number}", text, email, card, f"{first} {last}", question))
    return made
