package dev.redoubt.probe;

import java.util.Collection;
import java.util.Comparator;

/** What a probe's figures mean, from best to worst. */
enum Verdict {
    /** The attack was carried out in full and stayed below every threshold. */
    Pass,
    /** Neither shown to leak nor shown not to: evidence, budget or time did not suffice. */
    Inconclusive,
    /** The probe could not have failed, or measured something else than it should. */
    Invalid,
    /** It leaks. */
    Fail;

    /** The worst of several. */
    static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().max(Comparator.naturalOrder()).orElse(Invalid);
    }
}
