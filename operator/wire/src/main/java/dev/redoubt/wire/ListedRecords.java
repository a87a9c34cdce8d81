package dev.redoubt.wire;

import dev.redoubt.profiles.Role;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.text.Splice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hits that are items of arrays, or members of objects. One may stand at several places, which are its columns; one may
 * hold others, such as a group. Every column keeps as many items.
 */
final class ListedRecords implements Records {
    private static final int NONE = -1;

    private final Draft draft;
    /** In the order of the answer, so that one that holds others stands before them. */
    private final List<Place> places = new ArrayList<>();
    /** Hits that tell how many others the hit around them holds. */
    private final List<Integer> counts = new ArrayList<>();

    ListedRecords(Draft draft, RecordPlan plan) {
        this.draft = draft;
        Hits hits = draft.hits();
        for (int i = 0; i < hits.size(); i++) {
            int rule = hits.rule(i).index();
            if (plan.roles().get(rule) == Role.RecordCount) {
                counts.add(i);
                continue;
            }
            int arrays = plan.patterns().get(rule).arrays();
            Id id = new Id(arrays, arrays > 0 ? hits.outerIndex(i) : 0, arrays > 1 ? hits.innerIndex(i) : 0);
            boolean item = RecordPlan.endsWithItem(plan.patterns().get(rule));
            places.add(new Place(id, i, new Column(rule, hits.path(i), arrays > 1 ? id.outer() : 0), item, hits));
        }
    }

    /** An array with items of hits. */
    private record Column(int rule, long path, int outer) {}

    /** Where one column of a hit stands. */
    private record Place(Id id, int hit, Column column, boolean item, Hits hits) {
        private int start() {
            return hits.start(hit);
        }

        private int end() {
            return hits.end(hit);
        }

        private boolean holds(Place other) {
            return start() <= other.start() && other.end() <= end() && this != other;
        }
    }

    @Override
    public Set<Id> innermost() {
        Set<Id> ids = new HashSet<>();
        for (int i = 0; i < places.size(); i++) {
            if (i + 1 == places.size() || !places.get(i).holds(places.get(i + 1))) {
                ids.add(places.get(i).id());
            }
        }
        return ids;
    }

    @Override
    public Optional<Id> at(int offset) {
        int i = around(offset);
        return i == NONE ? Optional.empty() : Optional.of(places.get(i).id());
    }

    /** Index of the innermost place that an offset stands in. */
    private int around(int offset) {
        int low = 0;
        int high = places.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places.get(middle).start() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int i = low - 1;
        while (i >= 0 && offset >= places.get(i).end()) {
            i--;
        }
        return i;
    }

    /** The answer, of JSON, in which something else stands in the place of some hits that hold no others. */
    byte[] with(Map<Id, byte[]> others) {
        Splice splice = new Splice(draft.body());
        for (Place place : places) {
            byte[] other = others.get(place.id());
            if (other != null) {
                splice.replace(place.start(), place.end(), other);
            }
        }
        return splice.finish();
    }

    @Override
    public byte[] without(Set<Id> dropped) {
        Set<Id> gone = withEmptied(dropped);
        Map<Column, Boolean> kept = new HashMap<>();
        Map<Column, Integer> before = new HashMap<>();
        int[] after = after();
        int end = 0;
        int count = 0;
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            // what stands in something that is gone is gone with it
            boolean cut = gone.contains(place.id()) && place.start() >= end;
            while (count < counts.size() && draft.hits().start(counts.get(count)) < place.start()) {
                count(counts.get(count++), gone, end);
            }
            if (cut && place.item()) {
                boolean first = !kept.getOrDefault(place.column(), false);
                draft.cutItem(place.hit(), first ? NONE : before.get(place.column()), after[i]);
            } else if (cut) {
                draft.clear(place.hit());
            } else if (place.start() >= end) {
                kept.put(place.column(), true);
            }
            before.put(place.column(), place.hit());
            end = cut ? place.end() : end;
        }
        while (count < counts.size()) {
            count(counts.get(count++), gone, end);
        }
        return draft.finish();
    }

    /** By index of a place: the hit of the next item of its column, {@link #NONE} where it is the last. */
    private int[] after() {
        int[] after = new int[places.size()];
        Map<Column, Integer> next = new HashMap<>();
        for (int i = places.size() - 1; i >= 0; i--) {
            Integer behind = next.put(places.get(i).column(), places.get(i).hit());
            after[i] = behind == null ? NONE : behind;
        }
        return after;
    }

    /** Lowers what tells how many hits another holds. */
    private void count(int hit, Set<Id> gone, int end) {
        int around = around(draft.hits().start(hit));
        if (around == NONE || draft.hits().start(hit) < end) {
            return;
        }
        long fewer = 0;
        for (int i = around + 1; i < places.size() && places.get(around).holds(places.get(i)); i++) {
            fewer += gone.contains(places.get(i).id()) ? 1 : 0;
        }
        if (fewer > 0) {
            long told = Count.at(draft, hit).orElse(0);
            String left = Long.toString(Math.max(0, told - fewer));
            draft.putScalar(hit, left.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Set<Id> withEmptied(Set<Id> dropped) {
        Set<Id> gone = new HashSet<>(dropped);
        for (int i = 0; i < places.size(); i++) {
            boolean any = false;
            boolean all = true;
            for (int j = i + 1; j < places.size() && places.get(i).holds(places.get(j)); j++) {
                any = true;
                all &= dropped.contains(places.get(j).id());
            }
            if (any && all) {
                gone.add(places.get(i).id());
            }
        }
        return gone;
    }
}
