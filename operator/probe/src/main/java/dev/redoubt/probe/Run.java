package dev.redoubt.probe;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run: clears what earlier runs left, attacks, removes everything it wrote. */
final class Run {
    private static final Duration REMOVAL = Duration.ofSeconds(30);
    private static final Map<String, Probe> PROBES = Stream.of(new ScoreTrilateration(), new Canary())
            .collect(Collectors.toMap(Probe::name, Function.identity()));

    private final Scene scene;
    private final Clock clock;

    Run(Scene scene, Clock clock) {
        this.scene = scene;
        this.clock = clock;
    }

    /**
     * The probes of a specification.
     *
     * @throws IllegalArgumentException where one is not known
     */
    static List<Probe> probes(RunSpec spec) {
        return spec.probes().stream()
                .map(name -> {
                    if (!PROBES.containsKey(name)) {
                        throw new IllegalArgumentException("there is no probe " + name + ", only " + PROBES.keySet());
                    }
                    return PROBES.get(name);
                })
                .toList();
    }

    Report report() throws InterruptedException {
        List<Probe> probes = probes(scene.spec());
        Budget budget = new Budget(
                clock,
                scene.spec().budget().queries(),
                Duration.ofSeconds(scene.spec().budget().seconds()));
        List<ProbeReport> reports = new ArrayList<>();
        List<Report.Spent> spent = new ArrayList<>();
        String remark = prepare(budget);
        int appetite = probes.stream().mapToInt(Probe::appetite).sum();
        for (Probe probe : probes) {
            Budget part = budget.share((double) probe.appetite() / appetite);
            ProbeReport report = remark.isEmpty()
                    ? scene.witness().weighed(attacked(probe, part))
                    : failed(probe, Verdict.Inconclusive, remark);
            scene.progress().accept(probe.name() + ": " + report.verdict() + ", " + report.message());
            reports.add(report);
            spent.add(new Report.Spent(part.spent(), part.elapsed().toMillis() / 1000.0));
            budget.settle(part);
            appetite -= probe.appetite();
        }
        return new Report(scene.spec(), reports, spent, remark.isEmpty() ? removed() : remark);
    }

    /** Returns why nothing can be tested; empty where it can. */
    private String prepare(Budget budget) throws InterruptedException {
        try {
            scene.writer().greet(budget);
            int left = scene.own().remove(scene.writer(), budget);
            if (left > 0) {
                scene.progress().accept("removed " + left + " collections that an earlier run left");
            }
            return "";
        } catch (AttackException e) {
            return "the test could not begin: " + e.getMessage();
        }
    }

    private ProbeReport attacked(Probe probe, Budget budget) throws InterruptedException {
        try {
            return probe.run(scene, budget);
        } catch (AttackException.Refused e) {
            Verdict verdict = e.status() < 500 ? Verdict.Invalid : Verdict.Inconclusive;
            return failed(probe, verdict, "the records of the test could not be written: " + e.getMessage());
        } catch (AttackException e) {
            return failed(probe, Verdict.Inconclusive, "the attack could not be carried out: " + e.getMessage());
        }
    }

    private static ProbeReport failed(Probe probe, Verdict verdict, String message) {
        return ProbeReport.without(probe.name(), verdict, probe.attackerKnowledge(), probe.nothing(), message);
    }

    /** Removes what this run wrote; has time of its own, so that a spent budget leaves nothing behind. */
    private String removed() throws InterruptedException {
        try {
            int removed = scene.own().remove(scene.writer(), new Budget(clock, 0, REMOVAL));
            scene.progress().accept("removed " + removed + " collections");
            return "";
        } catch (AttackException e) {
            return "what the test wrote could not be removed, the next run tries again: " + e.getMessage();
        }
    }
}
