package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Tokens of further services. Sources: the formats that their makers have documented for secret scanning. */
final class ServiceTokens {
    private static final String HEX32 = "[a-f0-9]{32}";

    private ServiceTokens() {}

    static List<Recogniser> recognisers() {
        return List.of(
                token(Entity.ANTHROPIC_API_KEY, "sk-ant-[A-Za-z0-9_-]{20,200}"),
                token(Entity.HUGGING_FACE_TOKEN, "hf_[A-Za-z0-9]{30,60}"),
                token(Entity.GITLAB_TOKEN, "gl(pat|ptt|rt|dt|ft|soat|agent|cbt)-[A-Za-z0-9_-]{20,70}"),
                token(Entity.NPM_TOKEN, "npm_[A-Za-z0-9]{36}"),
                token(Entity.PYPI_TOKEN, "pypi-AgE[A-Za-z0-9_-]{50,250}"),
                token(Entity.DOCKER_TOKEN, "dckr_(pat|oat)_[A-Za-z0-9_-]{20,60}"),
                token(Entity.SENDGRID_API_KEY, "SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
                token(Entity.TWILIO_KEY, "(SK|AC)" + HEX32),
                token(Entity.TELEGRAM_BOT_TOKEN, "\\d{8,10}:AA[A-Za-z0-9_-]{33}"),
                token(
                        Entity.DISCORD_TOKEN,
                        "[MNO]([A-Za-z0-9_-]{23}|[A-Za-z0-9_-]{25})\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,38}"),
                token(Entity.SHOPIFY_TOKEN, "shp(at|ca|pa|ss)_[a-fA-F0-9]{32}"),
                token(Entity.DIGITALOCEAN_TOKEN, "do[opr]_v1_[a-f0-9]{64}"),
                token(Entity.DATABRICKS_TOKEN, "dapi[a-f0-9]{32}(-\\d)?"),
                token(Entity.VAULT_TOKEN, "hv[sbr]\\.[A-Za-z0-9_-]{24,200}"),
                token(Entity.TERRAFORM_TOKEN, "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,70}"),
                token(Entity.MAILGUN_KEY, "key-" + HEX32),
                token(Entity.MAILCHIMP_KEY, HEX32 + "-us\\d{1,2}"),
                token(Entity.SQUARE_TOKEN, "sq0(atp|csp|idp)-[A-Za-z0-9_-]{22,43}"),
                token(Entity.LINEAR_API_KEY, "lin_(api|oauth)_[A-Za-z0-9]{32,64}"),
                token(Entity.NOTION_TOKEN, "ntn_[A-Za-z0-9]{40,50}"),
                token(Entity.POSTMAN_API_KEY, "PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
                token(Entity.GRAFANA_TOKEN, "gl(sa|c)_[A-Za-z0-9_=+/]{32,250}"),
                token(Entity.NEW_RELIC_KEY, "NRAK-[A-Z0-9]{27}"),
                token(Entity.ATLASSIAN_TOKEN, "ATATT3[A-Za-z0-9_=-]{100,250}"),
                token(Entity.FIGMA_TOKEN, "figd_[A-Za-z0-9_-]{40,60}"),
                token(Entity.AZURE_STORAGE_KEY, "AccountKey=[A-Za-z0-9+/]{86}=="),
                token(Entity.AZURE_CLIENT_SECRET, "[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}"));
    }

    private static Recogniser token(Entity entity, String pattern) {
        return Recogniser.token(entity, 1.0, pattern.replace("+", "\\+"));
    }
}
