package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Role;
import dev.redoubt.wire.path.Rule.Reach;

/** Which way a message goes, and with that what of a value is looked at. */
enum Direction {
    /** From a client to the target. */
    Request {
        @Override
        Reach reach(Role role, GuardConfig config) {
            return switch (role) {
                case Text, JsonText, Embedded, Expression, FilteredField, ColumnName -> Reach.Scalar;
                case RecordId, Collection -> Reach.Scalar;
                case Document -> Reach.Content;
                case StringText -> Reach.StrictScalar;
                case Column -> Reach.Outlined;
                case Example -> Reach.Opened;
                case QueryVector -> mayQueryByVector(config) && !protectsVectors(config) ? Reach.Copied : Reach.Whole;
                case Vector, OpaqueVector -> protectsVectors(config) ? Reach.Whole : Reach.Copied;
                case Candidates -> dropsScores(config) ? Reach.Whole : Reach.Copied;
                case Limit, Ids -> Reach.Framed;
                case Offset, Breadth, MaxTokens, Choices, Usage, Refused -> Reach.Whole;
                case Scoring -> leavesScores(config) ? Reach.Copied : Reach.Whole;
                // a threshold tells on which side of it a score is
                case Threshold -> score(config) == Reach.Copied ? Reach.Copied : Reach.Whole;
                case Opaque -> Reach.Cut;
                case Object -> Reach.Opened;
                case Stream -> Reach.Scalar;
                case Logprobs -> returnsLogprobs(config) ? Reach.Copied : Reach.Cut;
                case LogitBias -> mayBias(config) ? Reach.Copied : Reach.Whole;
                case Score, Record, RecordCount, RecordPresence, StreamKey, StreamEnd, Pass -> Reach.Copied;
            };
        }
    },
    /** A whole answer. */
    Response {
        @Override
        Reach reach(Role role, GuardConfig config) {
            return answered(role, config);
        }
    },
    /** One event of an answer that is a stream. */
    Event {
        @Override
        Reach reach(Role role, GuardConfig config) {
            return role == Role.StreamKey || role == Role.StreamEnd ? Reach.Scalar : answered(role, config);
        }
    };

    /** How much of a value of that role is looked at. */
    abstract Reach reach(Role role, GuardConfig config);

    private static Reach answered(Role role, GuardConfig config) {
        return switch (role) {
            case Text, JsonText, Embedded, Expression, FilteredField, ColumnName -> Reach.Scalar;
            case RecordId, Collection -> Reach.Scalar;
            case Document -> Reach.Content;
            case StringText -> Reach.StrictScalar;
            case Column -> Reach.Outlined;
            case Vector, OpaqueVector, QueryVector -> returnsVectors(config) ? Reach.Copied : Reach.Whole;
            case Score -> score(config);
            case Logprobs -> returnsLogprobs(config) ? Reach.Copied : Reach.Whole;
            case Opaque, Refused -> Reach.Whole;
            case Example, Candidates, Scoring, Threshold, Limit, Ids, Offset, Breadth, MaxTokens -> Reach.Copied;
            case Choices, LogitBias, Object, Stream, Usage -> Reach.Copied;
            case Record, RecordCount, RecordPresence, StreamKey, StreamEnd, Pass -> Reach.Copied;
        };
    }

    // what a configuration does not speak of is not permitted

    private static Reach score(GuardConfig config) {
        Retrieval retrieval = config.retrieval();
        if (retrieval == null) {
            return Reach.Whole;
        }
        return switch (retrieval.scores()) {
            case Exact -> Reach.Copied;
            case Round -> Reach.Scalars;
            case Drop -> Reach.Whole;
        };
    }

    static boolean returnsVectors(GuardConfig config) {
        return config.retrieval() != null && config.retrieval().vectors() == Retrieval.Vectors.Return;
    }

    private static boolean dropsScores(GuardConfig config) {
        return config.retrieval() == null || config.retrieval().scores() == Retrieval.Scores.Drop;
    }

    private static boolean leavesScores(GuardConfig config) {
        return config.retrieval() != null && config.retrieval().scores() == Retrieval.Scores.Exact;
    }

    private static boolean protectsVectors(GuardConfig config) {
        return config.vectorProtection() != null;
    }

    static boolean mayQueryByVector(GuardConfig config) {
        return config.retrieval() != null && config.retrieval().queryByVector() == Permission.Allow;
    }

    private static boolean returnsLogprobs(GuardConfig config) {
        return config.output() != null && config.output().logprobs() == Output.Logprobs.Return;
    }

    private static boolean mayBias(GuardConfig config) {
        return config.output() != null && config.output().logitBias() == Permission.Allow;
    }
}
