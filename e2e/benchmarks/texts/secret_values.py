"""Secrets of every kind that is recognised, made from a seed; none was ever valid anywhere."""
import base64
import json
import string

LOWER_HEX = "0123456789abcdef"
MIXED = string.ascii_letters + string.digits
URL = MIXED + "-_"
WORDS = "amber basil cedar delta ember frost grove heron indigo jasper karst lotus maple nectar onyx poppy".split()

# What a kind looks like: texts, and (alphabet, count) for the random parts.
FORMS = {
    "AWS_ACCESS_KEY": ["AKIA", (string.ascii_uppercase + "234567", 16)],
    "GITHUB_TOKEN": ["ghp_", (MIXED, 36)],
    "GITHUB_TOKEN fine": ["github_pat_", (MIXED, 22), "_", (MIXED, 59)],
    "GOOGLE_API_KEY": ["AIza", (URL, 35)],
    "SLACK_TOKEN": ["xoxb-", (string.digits, 12), "-", (string.digits, 12), "-", (MIXED, 24)],
    "STRIPE_KEY": ["sk_live_", (MIXED, 24)],
    "OPENAI_API_KEY": ["sk-proj-", (MIXED, 48)],
    "ANTHROPIC_API_KEY": ["sk-ant-api03-", (URL, 93), "AA"],
    "HUGGING_FACE_TOKEN": ["hf_", (string.ascii_letters, 34)],
    "GITLAB_TOKEN": ["glpat-", (URL, 20)],
    "NPM_TOKEN": ["npm_", (MIXED, 36)],
    "PYPI_TOKEN": ["pypi-AgEIcHlwaS5vcmc", (URL, 150)],
    "DOCKER_TOKEN": ["dckr_pat_", (URL, 27)],
    "SENDGRID_API_KEY": ["SG.", (URL, 22), ".", (URL, 43)],
    "TWILIO_KEY": ["SK", (LOWER_HEX, 32)],
    "TELEGRAM_BOT_TOKEN": [("123456789", 10), ":AA", (URL, 33)],
    "DISCORD_TOKEN": ["M", (MIXED, 23), ".", (URL, 6), ".", (URL, 38)],
    "SHOPIFY_TOKEN": ["shpat_", (LOWER_HEX, 32)],
    "DIGITALOCEAN_TOKEN": ["dop_v1_", (LOWER_HEX, 64)],
    "DATABRICKS_TOKEN": ["dapi", (LOWER_HEX, 32)],
    "VAULT_TOKEN": ["hvs.", (URL, 90)],
    "TERRAFORM_TOKEN": [(MIXED, 14), ".atlasv1.", (MIXED, 67)],
    "MAILGUN_KEY": ["key-", (LOWER_HEX, 32)],
    "MAILCHIMP_KEY": [(LOWER_HEX, 32), "-us", ("123456789", 1)],
    "SQUARE_TOKEN": ["sq0atp-", (MIXED, 22)],
    "LINEAR_API_KEY": ["lin_api_", (MIXED, 40)],
    "NOTION_TOKEN": ["ntn_", (MIXED, 46)],
    "POSTMAN_API_KEY": ["PMAK-", (LOWER_HEX, 24), "-", (LOWER_HEX, 34)],
    "GRAFANA_TOKEN": ["glsa_", (MIXED, 32), "_", (LOWER_HEX, 8)],
    "NEW_RELIC_KEY": ["NRAK-", (string.ascii_uppercase + string.digits, 27)],
    "ATLASSIAN_TOKEN": ["ATATT3xFfGF0", (URL, 172), "=", (string.hexdigits[:10] + "ABCDEF", 8)],
    "FIGMA_TOKEN": ["figd_", (URL, 40)],
    "AZURE_CLIENT_SECRET": [(MIXED, 3), "8Q~", (URL, 34)],
}


def form(random, kind):
    return "".join(p if isinstance(p, str) else "".join(random.choices(p[0], k=p[1])) for p in FORMS[kind])


def json_web_token(random):
    def part(data):
        return base64.urlsafe_b64encode(data).decode().rstrip("=")
    claims = {"sub": str(random.randrange(10**9)), "iat": 1770000000 + random.randrange(10**7)}
    return ".".join([part(b'{"alg":"HS256","typ":"JWT"}'), part(json.dumps(claims).encode()), part(random.randbytes(32))])


def private_key(random):
    lines = base64.b64encode(random.randbytes(600)).decode()
    body = "\n".join(lines[i:i + 64] for i in range(0, len(lines), 64))
    return f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----"


def password(random):
    """As people and generators make them: words with digits and signs, or random letters."""
    if random.random() < .5:
        word = random.choice(WORDS).capitalize()
        return f"{word}{random.choice('!-_#')}{random.choice(WORDS)}{random.randrange(10, 9999)}"
    return "".join(random.choices(MIXED + "!#%*", k=random.randrange(12, 30))) + str(random.randrange(10))


def secret(random):
    kind = random.choice([*FORMS, "JWT", "PRIVATE_KEY"])
    if kind == "JWT":
        return json_web_token(random)
    return private_key(random) if kind == "PRIVATE_KEY" else form(random, kind)


def in_line(random):
    """One that stands in a single line."""
    return next(s for s in iter(lambda: secret(random), None) if "\n" not in s)


def url_credentials(random):
    scheme = random.choice(["postgres", "amqp", "redis", "mongodb", "mysql"])
    user = random.choice(["svc", "app", "reader", "batch"])
    return f"{scheme}://", f"{user}:{password(random).replace('#', '').replace('%', '')}", "@db-1.internal:5432/main"


def assigned(random):
    """A secret that only the name before it gives away: what stands before, and the secret."""
    name, value = random.choice([
        ("AWS_SECRET_ACCESS_KEY=", "".join(random.choices(MIXED + "+/", k=40))),
        ("SMTP_PASSWORD=", password(random)),
        ("client_secret: ", "".join(random.choices(URL, k=39)) + "7"),
        ("API_KEY=", "".join(random.choices(LOWER_HEX, k=32))),
        ("AccountName=store;AccountKey=", base64.b64encode(random.randbytes(64)).decode()),
        ("db.password=", password(random)),
    ])
    return name, value
