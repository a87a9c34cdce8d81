package dev.redoubt.benchmarks;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.redact.recognise.Catalogue;
import dev.redoubt.redact.recognise.Recogniser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is looked for. */
public enum Rules {
    /** What most policies name: contact data, payment, network, keys of services. */
    Common(List.of(
            "EMAIL_ADDRESS",
            "PHONE_NUMBER",
            "CREDIT_CARD",
            "IBAN_CODE",
            "CRYPTO",
            "IP_ADDRESS",
            "MAC_ADDRESS",
            "US_SSN",
            "US_ITIN",
            "UK_NHS",
            "UK_NINO",
            "ES_NIF",
            "DE_TAX_ID",
            "MEDICAL_LICENSE",
            "DATE_OF_BIRTH",
            "AWS_ACCESS_KEY",
            "GITHUB_TOKEN",
            "GOOGLE_API_KEY",
            "SLACK_TOKEN",
            "STRIPE_KEY",
            "OPENAI_API_KEY",
            "JWT",
            "PRIVATE_KEY",
            "URL_CREDENTIALS")),
    /** Every entity that patterns tell; names of people, places and organizations are another kind of work. */
    Patterns(Entity.builtIn().values().stream()
            .filter(entity -> entity.group() != Entity.Group.NAME)
            .map(Entity::name)
            .toList()),
    /** Every entity. */
    Everything(List.of(Entity.EVERY));

    private final List<String> entities;

    Rules(List<String> entities) {
        this.entities = entities;
    }

    List<String> entities() {
        return entities;
    }

    Redactor redactor() {
        RedactionRule rule = new RedactionRule(entities, List.of(Stage.Prompt), Action.Replace);
        return Redactor.compile(new Redaction(List.of(rule), null, null, null, null), TokenKey.of(new byte[32]));
    }

    /** The same patterns for other engines; that of addresses is found in another way here and written out for them. */
    List<String> expressions() {
        Set<Entity> named = entities.stream()
                .map(name -> Redaction.named(name, List.of()).orElseThrow())
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
        List<String> expressions = new ArrayList<>();
        for (Recogniser recogniser : Catalogue.of(named, List.of())) {
            expressions.add(RegularExpression.of(recogniser));
        }
        expressions.add("\\b[a-zA-Z0-9._%+'-]{1,64}@(?:[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}\\.){1,6}[a-zA-Z]{2,24}\\b");
        return expressions;
    }
}
