package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Redaction;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route.Elevation;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.graphql.GraphQlForm;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Aliases;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Form;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.PlainText;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Walk;
import dev.redoubt.wire.protobuf.FieldNaming;
import dev.redoubt.wire.protobuf.MessageShape;
import dev.redoubt.wire.protobuf.ProtobufWalk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a message and what the configuration makes of it, compiled.
 *
 * @param form how the body is written, and what is looked for in it
 * @param stage stage of the texts; {@code null} where the message has none
 * @param specs of the profile, by index of their rules
 * @param patterns paths of the specs
 * @param sealed fields that are encrypted
 * @param searchable fields that are encrypted so that filters find them
 * @param excluded fields that are not scanned
 * @param owners where records tell who they are
 * @param keepsVectors whether vectors in free content stay
 * @param records the hits of an answer; {@code null} where it has none that may be taken out
 * @param limits sets the limits that must not be absent from objects of a request; {@code null} where there are none
 * @param embedded those of documents in the message, by index of the rules that find them
 */
record MessagePlan(
        Form form,
        Stage stage,
        List<ValueSpec> specs,
        List<PathPattern> patterns,
        FieldSet sealed,
        FieldSet searchable,
        FieldSet excluded,
        RecordPaths owners,
        boolean keepsVectors,
        RecordPlan records,
        LimitSetter limits,
        Map<Integer, MessagePlan> embedded) {
    /** A field's name that stands for the name of the member. */
    private static final String ANY_FIELD = "*";

    /** A field's name that stands for the first known name below. */
    private static final String FIRST_FIELD = "**";

    /** Begins the name of a member whose text is the name of the field. */
    private static final String NAMING_MEMBER = "@";

    private static final ValueSpec MEMBERS = new ValueSpec("**", Role.Document, ANY_FIELD, null);

    static MessagePlan compile(
            MessageSpec spec,
            Direction direction,
            List<Elevation> elevations,
            GuardConfig config,
            Map<String, MessageShape> shapes,
            boolean scans) {
        Redaction redaction = config.redaction();
        boolean ingests = direction == Direction.Request && spec.stage() == Stage.Ingest;
        FieldSet sealed = new FieldSet(config.sealedFields());
        FieldSet searchable = new FieldSet(config.searchableFields());
        FieldSet excluded = new FieldSet(redaction.excludeFields());
        FieldSet cut = ingests ? new FieldSet(redaction.dropFields()) : FieldSet.NONE;
        List<PathNode.Entry> entries = new ArrayList<>();
        List<PathPattern> patterns = new ArrayList<>();
        List<GraphQlForm.Default> defaults = new ArrayList<>();
        List<ProtobufWalk.Default> members = new ArrayList<>();
        List<ValueSpec> nested = new ArrayList<>();
        FieldNaming names = FieldNaming.NONE;
        String namingMember = null;
        String width = null;
        long widthMember = 0;
        Map<Integer, MessagePlan> embedded = new HashMap<>();
        for (int i = 0; i < spec.values().size(); i++) {
            ValueSpec value = spec.values().get(i);
            PathPattern pattern = PathPattern.parse(value.path());
            patterns.add(pattern);
            if (value.role().isOfRecords()) {
                continue;
            }
            Naming naming = naming(value, pattern, spec.stage());
            boolean asks = direction == Direction.Request && (spec.stage() == Stage.Query || isFilter(value));
            boolean dropped = naming == Naming.Fixed && cut.contains(NameHash.of(value.field()));
            Rule.Reach reach = dropped ? Rule.Reach.Cut : direction.reach(value.role(), config);
            if (direction == Direction.Request && value.pattern() != null && reach == Rule.Reach.Copied) {
                reach = Rule.Reach.Scalar;
            }
            entries.add(new PathNode.Entry(
                    pattern,
                    new Rule(
                            i,
                            reach,
                            naming,
                            naming == Naming.Fixed ? NameHash.of(value.field()) : 0,
                            naming == Naming.Member || naming == Naming.Document || naming == Naming.Sibling
                                    ? cut
                                    : FieldSet.NONE,
                            naming == Naming.Document || naming == Naming.Sibling && asks
                                    ? sealed.and(searchable).and(excluded)
                                    : FieldSet.NONE,
                            new FieldSet(value.equality()))));
            boolean inMessage = spec.encoding() == Encoding.Grpc && value.role() == Role.Limit && !pattern.isSettable();
            if (inMessage && direction == Direction.Request && value.fallback() != null) {
                members.add(new ProtobufWalk.Default(i, NameHash.of(pattern.lastName())));
            } else if (spec.encoding() == Encoding.GraphQl && value.fallback() != null) {
                defaults.add(new GraphQlForm.Default(i, pattern.lastName()));
            } else if (direction == Direction.Request && mayBeSet(value)) {
                if (value.role() == Role.Limit && spec.encoding() == Encoding.Json && !pattern.isSettable()) {
                    nested.add(value);
                } else {
                    requireSettable(pattern, spec, shapes);
                }
                requireOneDocument(spec, value);
            }
            if (naming == Naming.Sibling) {
                namingMember = only(value.field().substring(NAMING_MEMBER.length()), namingMember, value);
                names = FieldNaming.of(namingMember, value.when());
            }
            if (value.width() != null) {
                widthMember = NameHash.of(only(value.width(), width, value));
                width = value.width();
            }
            boolean inColumns = naming == Naming.Sibling && !asks;
            if (inColumns || value.role() == Role.Column || value.width() != null) {
                requireGrpc(spec, value);
            }
            if (value.role() == Role.Embedded) {
                List<ValueSpec> inside = value.inside().isEmpty() ? List.of(MEMBERS) : value.inside();
                MessageSpec document = new MessageSpec(spec.stage(), Encoding.Json, inside, Others.Redact);
                embedded.put(i, compile(document, direction, List.of(), config, shapes, scans));
            }
        }
        PathNode root = PathNode.compile(
                entries,
                Elevations.paths(elevations),
                spec.again().stream()
                        .map(again -> new PathNode.Again(PathPattern.parse(again.at()), PathPattern.parse(again.of())))
                        .toList());
        boolean wantsNames = scans && spec.stage() != null;
        int depth = config.bounds().depth();
        Form form =
                switch (spec.encoding()) {
                    case Grpc ->
                        new ProtobufWalk.Plan(
                                root,
                                shape(spec, shapes),
                                spec.others(),
                                direction != Direction.Request,
                                wantsNames,
                                names,
                                widthMember,
                                members,
                                depth);
                    case GraphQl -> new GraphQlForm(root, spec.others(), defaults, absences(elevations), depth);
                    case Text -> new PlainText(spec.others() != Others.Pass);
                    case None, Json, Ndjson, Sse ->
                        new Walk.Plan(
                                root,
                                spec.others(),
                                wantsNames,
                                namingMember == null ? 0 : NameHash.of(namingMember),
                                depth);
                };
        return new MessagePlan(
                form,
                spec.stage(),
                spec.values(),
                patterns,
                sealed,
                searchable,
                excluded,
                RecordPaths.of(spec.values(), patterns),
                direction == Direction.Request || Direction.returnsVectors(config),
                direction != Direction.Response
                        ? null
                        : RecordPlan.compile(spec, shapes, config.bounds().depth()),
                direction != Direction.Request || spec.encoding() != Encoding.Json || config.retrieval() == null
                        ? null
                        : LimitSetter.compile(
                                nested,
                                config.retrieval().maxResults(),
                                config.bounds().depth()),
                embedded);
    }

    /** The conditions that are about absence, as bits. */
    private static int absences(List<Elevation> elevations) {
        int bits = 0;
        int mark = 0;
        for (Elevation elevation : elevations) {
            if (elevation.parameter() == null) {
                bits |= elevation.absent() == null ? 0 : 1 << mark;
                mark++;
            }
        }
        return bits;
    }

    private static MessageShape shape(MessageSpec spec, Map<String, MessageShape> shapes) {
        MessageShape shape = shapes.get(spec.type());
        if (shape == null) {
            throw new IllegalArgumentException("the schema has no message " + spec.type());
        }
        return shape;
    }

    /** The same plan for an answer whose members go by other names. */
    MessagePlan under(Aliases aliases) {
        return aliases != Aliases.NONE && form instanceof Walk.Plan walk
                ? new MessagePlan(
                        walk.under(aliases),
                        stage,
                        specs,
                        patterns,
                        sealed,
                        searchable,
                        excluded,
                        owners,
                        keepsVectors,
                        records,
                        limits,
                        embedded)
                : this;
    }

    /** Reads a message. */
    Draft read(byte[] message) throws MessageFault {
        return read(message, new Hits());
    }

    /**
     * Reads a message.
     *
     * @param into those of a message that is done with; they become those of this one
     */
    Draft read(byte[] message, Hits into) throws MessageFault {
        return form.read(message, into);
    }

    /** Whether a limit that is missing is found where it is missing. */
    boolean tellsAbsence() {
        return form instanceof GraphQlForm;
    }

    /** Whether the message is an array of what the specs name. */
    boolean isList() {
        return patterns.stream().anyMatch(PathPattern::beginsWithItem);
    }

    /** The spec of a rule. */
    ValueSpec spec(Rule rule) {
        return specs.get(rule.index());
    }

    /** Whether a value stands in a filter, where it is compared with what is stored. */
    boolean isFilter(Rule rule) {
        return rule != null && (stage == Stage.Query || isFilter(spec(rule)));
    }

    private static boolean isFilter(ValueSpec value) {
        return !value.equality().isEmpty();
    }

    private static Naming naming(ValueSpec value, PathPattern pattern, Stage stage) {
        if (value.field() == null) {
            return Naming.None;
        }
        if (value.field().startsWith(NAMING_MEMBER)) {
            return Naming.Sibling;
        }
        if (value.field().equals(FIRST_FIELD)) {
            return Naming.Document;
        }
        if (!value.field().equals(ANY_FIELD)) {
            return Naming.Fixed;
        }
        if (value.role() == Role.Document) {
            return Naming.Document;
        }
        // only filters have operators
        return pattern.endsBelow() && stage == Stage.Query ? Naming.Operand : Naming.Member;
    }

    private static boolean mayBeSet(ValueSpec value) {
        return value.role() == Role.MaxTokens || value.role() == Role.Usage || value.fallback() != null;
    }

    /** In a body of lines it is not known which of them are to have the limit. */
    private static void requireOneDocument(MessageSpec spec, ValueSpec value) {
        if (spec.encoding() == Encoding.Ndjson) {
            throw new IllegalArgumentException(
                    "a limit that may have to be set stands in a body of lines: " + value.path());
        }
    }

    private static void requireSettable(PathPattern pattern, MessageSpec spec, Map<String, MessageShape> shapes) {
        boolean settable = pattern.isSettable()
                && (pattern.parent() == null
                        || spec.encoding() == Encoding.Grpc
                                && shape(spec, shapes).isMapOfTexts(pattern.parent())
                        || spec.encoding() == Encoding.Json
                                && spec.values().stream()
                                        .anyMatch(value -> value.role() == Role.Object
                                                && value.path().equals(pattern.parent())));
        if (!settable) {
            throw new IllegalArgumentException("a member that may have to be set is neither one of the root nor of an"
                    + " object that the profile names: " + pattern);
        }
    }

    private static void requireGrpc(MessageSpec spec, ValueSpec value) {
        if (spec.encoding() != Encoding.Grpc) {
            throw new IllegalArgumentException("columns stand only in messages of gRPC: " + value.path());
        }
    }

    /** A member that tells something of others; there is one for all of a message. */
    private static String only(String name, String known, ValueSpec value) {
        if (known != null && !known.equals(name)) {
            throw new IllegalArgumentException("two members tell the same of others: " + value.path());
        }
        return name;
    }
}
