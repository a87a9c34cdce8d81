package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.profiles.LinePair;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Route.Elevation;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Hits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One kind of pair of lines in a request, compiled.
 *
 * @param member {@link NameHash} of the only member that a head of this kind has, 0 for any head
 * @param head the shape of the head
 * @param body the shape of the line after it; {@code null} where none comes
 * @param tenant how that line is confined to a tenant; {@code null} where it cannot be
 * @param confined what the member is called then, a JSON string; {@code null} for the same
 */
record PairPlan(long member, MessagePlan head, MessagePlan body, TenantPlan tenant, byte[] confined) {
    static List<PairPlan> compile(Route route, GuardConfig config, boolean scans) {
        return route.request().pairs().stream()
                .map(pair -> compile(pair, route, config, scans))
                .toList();
    }

    private static PairPlan compile(LinePair pair, Route route, GuardConfig config, boolean scans) {
        String field = config.retrieval() == null ? null : config.retrieval().tenant();
        return new PairPlan(
                pair.member() == null ? 0 : NameHash.of(pair.member()),
                compile(route.request().with(pair.head()), List.of(), config, scans),
                pair.body() == null
                        ? null
                        : compile(route.request().with(pair.body()), route.elevations(), config, scans),
                TenantPlan.compile(pair, route.request(), field, config.bounds().depth()),
                pair.confined() == null ? null : JsonText.encode(pair.confined().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessagePlan compile(
            MessageSpec spec, List<Elevation> elevations, GuardConfig config, boolean scans) {
        return MessagePlan.compile(spec, Direction.Request, elevations, config, Map.of(), scans);
    }

    /** Whether a head is one of this kind. */
    boolean isOf(Hits head) {
        return member == 0 || head.rootMembers() == 1 && head.rootName() == member;
    }
}
