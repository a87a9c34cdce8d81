package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Keys of services, by the prefixes that their makers gave them so that they can be found. */
final class Secrets {
    private static final String AWS_LEAD = "(aws_?)?secret_?(access_?)?key[\"']?\\s{0,2}[:=]\\s{0,2}[\"']?";

    private Secrets() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.AWS_ACCESS_KEY, 1.0, "A(KIA|SIA|GPA|IDA|ROA|NPA|NVA|BIA|CCA)[A-Z0-9]{16}")
                        .comparedBy(Normal.EXACT),
                Recogniser.token(Entity.AWS_ACCESS_KEY, 1.0, "(?i)" + AWS_LEAD + "[a-z0-9/\\+]{40}")
                        .followedBy(GenericSecrets.VALUE),
                Recogniser.token(Entity.GITHUB_TOKEN, 1.0, "gh[pousr]_[A-Za-z0-9]{36,251}"),
                Recogniser.token(Entity.GITHUB_TOKEN, 1.0, "github_pat_[A-Za-z0-9_]{22,244}"),
                Recogniser.token(Entity.GOOGLE_API_KEY, 1.0, "AIza[A-Za-z0-9_-]{35}"),
                Recogniser.token(Entity.GOOGLE_API_KEY, 1.0, "GOCSPX-[A-Za-z0-9_-]{28}"),
                Recogniser.token(Entity.GOOGLE_API_KEY, 1.0, "ya29\\.[A-Za-z0-9_-]{20,250}"),
                Recogniser.token(Entity.SLACK_TOKEN, 1.0, "xox[abeoprs]-[A-Za-z0-9-]{10,250}"),
                Recogniser.token(Entity.SLACK_TOKEN, 1.0, "xapp-\\d-[A-Za-z0-9-]{10,250}"),
                Recogniser.token(
                        Entity.SLACK_TOKEN,
                        1.0,
                        "hooks\\.slack\\.com/(services|workflows)/[A-Z0-9]{6,14}/[A-Z0-9]{6,14}/[A-Za-z0-9]{16,32}"),
                Recogniser.token(Entity.STRIPE_KEY, 1.0, "[sr]k_(live|test)_[A-Za-z0-9]{10,247}"),
                Recogniser.token(Entity.STRIPE_KEY, 1.0, "whsec_[A-Za-z0-9\\+/=]{24,100}"),
                Recogniser.token(Entity.OPENAI_API_KEY, 0.95, "sk-[A-Za-z0-9_-]{20,250}")
                        .confirmedBy(Secrets::random),
                JsonWebTokens.SIGNED,
                JsonWebTokens.ANY,
                PrivateKeys.PEM);
    }

    /** Words joined by hyphens are not: a random text of this length has digits and letters of both cases. */
    private static boolean random(Candidate candidate) {
        boolean digit = false;
        boolean upper = false;
        boolean lower = false;
        for (int i = 3; i < candidate.length(); i++) {
            int symbol = candidate.at(i);
            digit |= Candidate.isDigit(symbol);
            upper |= symbol >= 'A' && symbol <= 'Z';
            lower |= symbol >= 'a' && symbol <= 'z';
        }
        return digit && upper && lower;
    }
}
