"""Check digits, written apart from the recognisers so that one cannot hide a mistake of the other."""

VERHOEFF_TIMES = ("0123456789 1234067895 2340178956 3401289567 4012395678 "
                  "5987604321 6598710432 7659821043 8765932104 9876543210").split()
VERHOEFF_PERMUTED = ("0123456789 1576283094 5803796142 8916043527 9453126870 "
                     "4286573901 2793806415 7046913258").split()
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def weighted(digits, weights):
    return sum(int(d) * w for d, w in zip(digits, weights))


def luhn(digits):
    """The digit that follows (ISO/IEC 7812)."""
    total = sum(sum(divmod(2 * int(d), 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def verhoeff(digits):
    """The digit that follows (Verhoeff 1969), as Aadhaar has it."""
    for last in "0123456789":
        check = 0
        for i, digit in enumerate(reversed(digits + last)):
            check = int(VERHOEFF_TIMES[check][int(VERHOEFF_PERMUTED[i % 8][int(digit)])])
        if check == 0:
            return last
    raise ValueError(digits)


def iso_7064_mod_11_10(digits):
    """The digit that follows, as the German tax number has it."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return str((11 - product) % 10)


def nhs(nine):
    """The tenth digit of a British NHS number, None where there is none."""
    check = -weighted(nine, range(10, 1, -1)) % 11
    return None if check == 10 else str(check)


def australian_tax(eight):
    """The ninth digit of an Australian tax file number, None where there is none."""
    for last in "0123456789":
        if weighted(eight + last, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0:
            return last
    return None


def australian_business(nine):
    """The eleven digits of an Australian business number, whose first two check the others."""
    for head in range(10, 100):
        digits = f"{head}{nine}"
        if weighted(f"{int(digits[0]) - 1}{digits[1:]}", (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) % 89 == 0:
            return digits
    return None


def medicare(eight):
    """The ninth digit of an Australian Medicare card."""
    return str(weighted(eight, (1, 3, 7, 9, 1, 3, 7, 9)) % 10)


def dutch(eight):
    """The ninth digit of a Dutch BSN, None where there is none."""
    check = weighted(eight, range(9, 1, -1)) % 11
    return None if check == 10 else str(check)


def portuguese(eight):
    check = 11 - weighted(eight, range(9, 1, -1)) % 11
    return str(check if check < 10 else 0)


def singapore(first, seven):
    """The letter behind an NRIC or FIN that begins with S, T, F or G."""
    rest = (weighted(seven, (2, 7, 6, 5, 4, 3, 2)) + (4 if first in "TG" else 0)) % 11
    return ("JZIHGFEDCBA" if first in "ST" else "XWUTRQPNMLK")[rest]


def routing(eight):
    """The ninth digit of an American routing number."""
    return str(-weighted(eight, (3, 7, 1, 3, 7, 1, 3, 7)) % 10)


def dea(six):
    """The seventh digit of a registration with the American Drug Enforcement Administration."""
    return str((sum(map(int, six[0::2])) + 2 * sum(map(int, six[1::2]))) % 10)


def segwit(program):
    """A Bitcoin address of version 0 for 20 bytes (BIP 173)."""
    bits = "".join(f"{byte:08b}" for byte in program)
    data = [0] + [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)]
    prefix = [ord(c) >> 5 for c in "bc"] + [0] + [ord(c) & 31 for c in "bc"]
    check = 1
    for value in prefix + data + [0] * 6:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    check ^= 1
    return "bc1" + "".join(BECH32[v] for v in data + [check >> 5 * (5 - i) & 31 for i in range(6)])
