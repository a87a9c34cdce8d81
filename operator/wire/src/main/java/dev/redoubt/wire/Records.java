package dev.redoubt.wire;

import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.PathPattern.Step;
import dev.redoubt.wire.text.Splice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hits of one answer. One may stand at several places, its columns; one may hold others, such as a group. What is
 * left when some are taken out is still one: every column has as many items, and they still belong together.
 */
final class Records {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final byte[] body;
    /** In the order of the document, so that one that holds others stands before them. */
    private final List<Place> places = new ArrayList<>();

    Records(byte[] body, Hits hits, List<PathPattern> patterns) {
        this.body = body;
        for (int i = 0; i < hits.size(); i++) {
            PathPattern pattern = patterns.get(hits.rule(i).index());
            int arrays = pattern.arrays();
            Id id = new Id(arrays, arrays > 0 ? hits.outerIndex(i) : 0, arrays > 1 ? hits.innerIndex(i) : 0);
            List<Step> steps = pattern.steps();
            boolean item = steps.get(steps.size() - 1) == Step.ITEM;
            places.add(new Place(id, hits.path(i), item, hits.start(i), hits.end(i)));
        }
    }

    /**
     * Tells a hit from the others.
     *
     * @param arrays how many arrays it stands in
     * @param outer position in the outermost of them, 0 where there is none
     * @param inner position in the second, 0 where there is none
     */
    record Id(int arrays, int outer, int inner) {}

    /** Where one column of a hit stands. */
    private record Place(Id id, long path, boolean item, int start, int end) {
        private boolean holds(Place other) {
            return start <= other.start && other.end <= end && this != other;
        }
    }

    /** An array with items of hits. */
    private record Column(long path, int outer) {}

    /** Bytes that are taken out, and what is put there. */
    private record Cut(int start, int end, byte[] by) {}

    /** Those that hold no others. */
    Set<Id> innermost() {
        Set<Id> ids = new HashSet<>();
        for (int i = 0; i < places.size(); i++) {
            if (i + 1 == places.size() || !places.get(i).holds(places.get(i + 1))) {
                ids.add(places.get(i).id());
            }
        }
        return ids;
    }

    /** The innermost hit that a place in the document belongs to; empty where it belongs to none. */
    Optional<Id> at(int offset) {
        for (int i = last(offset); i >= 0; i--) {
            if (offset < places.get(i).end()) {
                return Optional.of(places.get(i).id());
            }
        }
        return Optional.empty();
    }

    /** Index of the last place that starts at an offset or before it, -1 where there is none. */
    private int last(int offset) {
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
        return low - 1;
    }

    /** The answer without some hits. A hit that held others goes with the last of them. */
    byte[] without(Set<Id> dropped) {
        Set<Id> gone = withEmptied(dropped);
        Map<Column, List<Place>> columns = new LinkedHashMap<>();
        List<Cut> cuts = new ArrayList<>();
        for (Place place : places) {
            if (place.item()) {
                int outer = place.id().arrays() > 1 ? place.id().outer() : 0;
                columns.computeIfAbsent(new Column(place.path(), outer), any -> new ArrayList<>())
                        .add(place);
            } else if (gone.contains(place.id())) {
                cuts.add(new Cut(place.start(), place.end(), NULL));
            }
        }
        columns.values().forEach(items -> cut(items, gone, cuts));
        cuts.sort(Comparator.comparingInt(Cut::start));
        Splice splice = new Splice(body);
        int end = 0;
        for (Cut cut : cuts) {
            // what stands in something that is gone is gone with it
            if (cut.start() >= end) {
                splice.replace(cut.start(), cut.end(), cut.by());
                end = cut.end();
            }
        }
        return splice.finish();
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

    /** Takes items out of an array, each with one of the commas beside it. */
    private static void cut(List<Place> items, Set<Id> gone, List<Cut> cuts) {
        boolean kept = false;
        for (int i = 0; i < items.size(); i++) {
            Place item = items.get(i);
            if (!gone.contains(item.id())) {
                kept = true;
            } else if (kept) {
                cuts.add(new Cut(items.get(i - 1).end(), item.end(), NOTHING));
            } else {
                int end = i + 1 < items.size() ? items.get(i + 1).start() : item.end();
                cuts.add(new Cut(item.start(), end, NOTHING));
            }
        }
    }
}
