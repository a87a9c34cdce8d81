package dev.redoubt.wire;

import dev.redoubt.profiles.TenantRule.Filter;
import dev.redoubt.wire.protobuf.MessageShape;
import dev.redoubt.wire.protobuf.MessageTemplate;
import java.util.Map;

/**
 * What becomes of a filter of a call. Values stand under the names {@code field}, {@code tenant}, {@code filter} and {@code
 * ids}.
 */
interface CallFilter {
    /** Whether there may be none. */
    boolean isOptional();

    /** The filter of a request that has none. */
    byte[] alone(Map<String, byte[]> values) throws RefusedException;

    /** The filter of a request that has one. */
    byte[] both(Map<String, byte[]> values) throws RefusedException;

    /** The filter in place of ids. */
    byte[] chosen(Map<String, byte[]> values) throws RefusedException;

    /**
     * Compiles its templates.
     *
     * @param around the shape of the message that has it
     */
    static CallFilter compile(Filter filter, MessageShape around) {
        if (around.isText(filter.member())) {
            return new ExpressionFilter(filter);
        }
        MessageShape shape = around.at(filter.member());
        return new OfMessage(
                template(filter.alone(), shape), template(filter.both(), shape), template(filter.chosen(), shape));
    }

    private static MessageTemplate template(String json, MessageShape shape) {
        return json == null ? null : MessageTemplate.compile(json, shape);
    }

    /** A filter that is a message. */
    record OfMessage(MessageTemplate single, MessageTemplate merged, MessageTemplate byIds) implements CallFilter {
        @Override
        public boolean isOptional() {
            return single != null;
        }

        @Override
        public byte[] alone(Map<String, byte[]> values) {
            return single.fill(values);
        }

        @Override
        public byte[] both(Map<String, byte[]> values) {
            return merged.fill(values);
        }

        @Override
        public byte[] chosen(Map<String, byte[]> values) {
            return byIds.fill(values);
        }
    }
}
