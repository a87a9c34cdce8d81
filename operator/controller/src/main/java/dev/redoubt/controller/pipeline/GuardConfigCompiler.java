package dev.redoubt.controller.pipeline;

import dev.redoubt.crds.ClientGrant;
import dev.redoubt.crds.Model;
import dev.redoubt.crds.ModelOutput;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RagPipelineSpec;
import dev.redoubt.crds.TargetStatus;
import dev.redoubt.crds.VectorStore;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.Upstream;
import dev.redoubt.policy.VectorProtection;
import dev.redoubt.profiles.Operation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Turns a RagPipeline into what the guards of its targets enforce. Pure: equal input gives an equal revision. */
public final class GuardConfigCompiler {
    private static final List<Operation> WRITER = List.of(Operation.Query, Operation.Ingest, Operation.Manage);

    private GuardConfigCompiler() {}

    /**
     * The configuration of one target.
     *
     * @param pipeline the pipeline
     * @param target one of its targets
     * @param redaction its compiled policies
     * @param keys SHA-256 of the API keys of each client by its name; a client without any cannot get in
     * @param probes the clients of leakage tests
     * @param upstream how guards speak to it
     * @throws IllegalArgumentException where the pipeline contradicts itself, such as two clients with one key
     */
    public static GuardConfig compile(
            RagPipeline pipeline,
            Target target,
            Redaction redaction,
            Map<String, List<String>> keys,
            List<ProbeIdentity> probes,
            Upstream upstream) {
        RagPipelineSpec spec = pipeline.getSpec();
        List<Client> clients = new ArrayList<>();
        for (dev.redoubt.crds.Client client : spec.clients()) {
            clients.add(
                    client(client.name(), client, target.name(), keys.getOrDefault(client.name(), List.of()), false));
        }
        probes.stream().sorted(Comparator.comparing(ProbeIdentity::attacker)).forEach(probe -> {
            Optional<dev.redoubt.crds.Client> as = spec.clients().stream()
                    .filter(client -> client.name().equals(probe.as()))
                    .findFirst();
            as.ifPresent(
                    client -> clients.add(client(probe.attacker(), client, target.name(), probe.attackerKeys(), true)));
            if (probe.store().equals(target.name())) {
                // what it writes must be of the attacker's tenant, as the records of that tenant are
                String tenant = as.map(dev.redoubt.crds.Client::tenant).orElse(null);
                clients.add(
                        new Client(probe.writer(), probe.writerKeys(), WRITER, false, null, tenant, List.of(), true));
            }
        });
        VectorStore store = find(spec.vectorStores(), VectorStore::name, target, TargetStatus.Kind.VECTOR_STORE);
        Model model = find(spec.models(), Model::name, target, TargetStatus.Kind.MODEL);
        return GuardConfig.of(
                        pipeline.getMetadata().getNamespace(),
                        pipeline.getMetadata().getName())
                .target(target.name())
                .profile(target.profile())
                .mode(mode(spec.mode()))
                .clients(clients)
                .retrieval(store == null ? null : retrieval(store.retrieval()))
                .output(model == null ? null : output(model.output()))
                .vectorProtection(store == null ? null : vectorProtection(store.vectorProtection()))
                .sealedFields(sealedFields(pipeline, target))
                .searchableFields(
                        store == null ? List.of() : store.fieldEncryption().searchable())
                .redaction(redaction)
                .upstream(upstream)
                .build();
    }

    /** Record fields of a target that are encrypted in the store; empty for a model. */
    public static List<String> sealedFields(RagPipeline pipeline, Target target) {
        VectorStore store =
                find(pipeline.getSpec().vectorStores(), VectorStore::name, target, TargetStatus.Kind.VECTOR_STORE);
        return store == null ? List.of() : store.fieldEncryption().fields();
    }

    private static <T> T find(List<T> all, Function<T, String> name, Target target, TargetStatus.Kind kind) {
        return all.stream()
                .filter(one -> target.kind() == kind && name.apply(one).equals(target.name()))
                .findFirst()
                .orElse(null);
    }

    private static Client client(
            String name, dev.redoubt.crds.Client rights, String target, List<String> keys, boolean leakageTest) {
        List<ClientGrant> grants = rights.allow().stream()
                .filter(grant -> grant.target().equals(target))
                .toList();
        List<Operation> operations = grants.stream()
                .flatMap(grant -> grant.operations().stream())
                .map(GuardConfigCompiler::operation)
                .distinct()
                .sorted()
                .toList();
        boolean opens = grants.stream().anyMatch(grant -> grant.sealedFields() == ClientGrant.SealedFields.OPEN);
        List<String> reveals = grants.stream()
                .flatMap(grant -> grant.reveal().stream())
                .distinct()
                .toList();
        return new Client(
                name,
                keys,
                operations,
                opens,
                rights.limits().requestsPerMinute(),
                rights.tenant(),
                reveals,
                leakageTest);
    }

    private static Operation operation(dev.redoubt.crds.Operation operation) {
        return switch (operation) {
            case QUERY -> Operation.Query;
            case INGEST -> Operation.Ingest;
            case GENERATE -> Operation.Generate;
            case EMBED -> Operation.Embed;
            case MANAGE -> Operation.Manage;
            case EXPORT -> Operation.Export;
        };
    }

    private static Mode mode(RagPipelineSpec.Mode mode) {
        return switch (mode) {
            case ENFORCE -> Mode.Enforce;
            case OBSERVE -> Mode.Observe;
        };
    }

    private static Retrieval retrieval(dev.redoubt.crds.Retrieval retrieval) {
        return new Retrieval(
                retrieval.maxResults(),
                switch (retrieval.vectors()) {
                    case STRIP -> Retrieval.Vectors.Strip;
                    case ALLOW -> Retrieval.Vectors.Return;
                },
                switch (retrieval.scores()) {
                    case DROP -> Retrieval.Scores.Drop;
                    case ROUND -> Retrieval.Scores.Round;
                    case ALLOW -> Retrieval.Scores.Exact;
                },
                retrieval.scoreStep() == null ? null : new BigDecimal(retrieval.scoreStep()),
                permission(retrieval.bulkExport()),
                permission(retrieval.queryByVector()),
                retrieval.tenant() == null ? null : retrieval.tenant().field());
    }

    private static VectorProtection vectorProtection(dev.redoubt.crds.VectorProtection protection) {
        VectorProtection.Method method =
                switch (protection.method()) {
                    case NONE -> null;
                    case SCALE_AND_PERTURB -> VectorProtection.Method.ScaleAndPerturb;
                    case GAUSSIAN -> VectorProtection.Method.Gaussian;
                };
        if (method == null) {
            return null;
        }
        return new VectorProtection(
                method, protection.strength() == null ? method.usual() : new BigDecimal(protection.strength()));
    }

    private static Output output(ModelOutput output) {
        return new Output(
                switch (output.logprobs()) {
                    case STRIP -> Output.Logprobs.Strip;
                    case ALLOW -> Output.Logprobs.Return;
                },
                permission(output.logitBias()),
                output.maxTokens(),
                output.maxChoices());
    }

    private static Permission permission(dev.redoubt.crds.Permission permission) {
        return switch (permission) {
            case ALLOW -> Permission.Allow;
            case DENY -> Permission.Deny;
        };
    }
}
