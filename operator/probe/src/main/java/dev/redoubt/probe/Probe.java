package dev.redoubt.probe;

/** One attack. */
interface Probe {
    /** Its name in a LeakageTest. */
    String name();

    /** Queries that it would spend where nothing is in its way; the budget is shared in this proportion. */
    int appetite();

    /** The figure that its verdict is about, before anything was measured. */
    Measure nothing();

    /** What its attacker knows and can do, for the report. */
    String attackerKnowledge();

    /**
     * Writes what it needs, attacks and judges. What it has written is removed by whoever runs it.
     *
     * @param budget of this probe alone
     * @throws AttackException where it cannot even begin; what happens during the attack is for the probe to judge
     */
    ProbeReport run(Scene scene, Budget budget) throws AttackException, InterruptedException;
}
