package dev.redoubt.wire;

import java.util.Optional;
import java.util.Set;

/** The hits of one answer. What is left when some are taken out is still one: what belongs together stays together. */
interface Records {
    /**
     * Tells a hit from the others.
     *
     * @param arrays how many arrays it stands in
     * @param outer position in the outermost of them, 0 where there is none
     * @param inner position in the second, 0 where there is none
     */
    record Id(int arrays, int outer, int inner) {}

    /** Those that hold no others. */
    Set<Id> innermost();

    /** The innermost hit that a place in the answer belongs to; empty where it belongs to none. */
    Optional<Id> at(int offset);

    /** The answer without some hits. A hit that held others goes with the last of them. */
    byte[] without(Set<Id> dropped);
}
