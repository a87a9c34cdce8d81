package dev.redoubt.wire;

import dev.redoubt.profiles.TenantRule.Filter;
import dev.redoubt.wire.expression.ExpressionFault;
import dev.redoubt.wire.expression.QuotedText;
import dev.redoubt.wire.expression.Tokens;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter that is a text in the language of Milvus. The client's own is only put in brackets where it was taken apart
 * without doubt, so that it cannot end them; the tenant is a text in quotes.
 */
final class ExpressionFilter implements CallFilter {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String member;
    private final String single;
    private final String merged;

    ExpressionFilter(Filter filter) {
        this.member = filter.member();
        this.single = text(filter.alone());
        this.merged = text(filter.both());
        if (filter.ids() != null) {
            throw new IllegalArgumentException("a filter that is a text stands in no place of ids: " + member);
        }
    }

    private static String text(String json) {
        return json == null ? null : json.substring(1, json.length() - 1);
    }

    @Override
    public boolean isOptional() {
        return single != null;
    }

    @Override
    public byte[] alone(Map<String, byte[]> values) throws RefusedException {
        return fill(single, values);
    }

    @Override
    public byte[] both(Map<String, byte[]> values) throws RefusedException {
        boolean empty;
        try {
            empty = Tokens.of(values.get("filter")).isEmpty();
        } catch (ExpressionFault e) {
            throw new RefusedException(new Refusal(RefusalReason.MalformedExpression, member + ": " + e.getMessage()));
        }
        if (empty && single == null) {
            throw new RefusedException(new Refusal(RefusalReason.OtherTenant, member));
        }
        return fill(empty ? single : merged, values);
    }

    @Override
    public byte[] chosen(Map<String, byte[]> values) {
        throw new IllegalStateException("a filter that is a text stands in no place of ids");
    }

    private byte[] fill(String template, Map<String, byte[]> values) throws RefusedException {
        Map<String, byte[]> written = new HashMap<>(values);
        String field = new String(values.get("field"), StandardCharsets.UTF_8);
        try {
            written.put("tenant", QuotedText.encode(values.get("tenant"), 0));
        } catch (ExpressionFault e) {
            throw new RefusedException(new Refusal(RefusalReason.OtherTenant, member));
        }
        if (!NAME.matcher(field).matches()) {
            throw new RefusedException(new Refusal(RefusalReason.OtherTenant, "retrieval.tenant.field"));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher places = PLACE.matcher(template);
        int from = 0;
        while (places.find()) {
            out.writeBytes(template.substring(from, places.start()).getBytes(StandardCharsets.UTF_8));
            out.writeBytes(written.get(places.group(1)));
            from = places.end();
        }
        out.writeBytes(template.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
