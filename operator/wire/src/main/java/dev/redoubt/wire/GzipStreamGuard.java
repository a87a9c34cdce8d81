package dev.redoubt.wire;

import dev.redoubt.wire.gzip.GzipDecoder;
import dev.redoubt.wire.gzip.GzipFault;

/**
 * A stream that comes compressed and goes on as it is. A stream that cannot be decoded cannot be passed even where the
 * policy is only observed: its client would be told that it is not compressed.
 */
final class GzipStreamGuard implements AnswerStream {
    private static final byte[] NOTHING = {};

    // events are bounded one by one, and the stream has no end that is known
    private final GzipDecoder decoder = new GzipDecoder(Long.MAX_VALUE);
    private final StreamGuard guard;
    private Refusal refusal;

    GzipStreamGuard(StreamGuard guard) {
        this.guard = guard;
    }

    @Override
    public Outcome append(byte[] piece) {
        byte[] content = NOTHING;
        if (refusal == null) {
            try {
                content = decoder.append(piece);
            } catch (GzipFault e) {
                refusal = refusal(e);
            }
        }
        return refusal == null ? guard.append(content) : new Outcome.Refused(refusal, Report.EMPTY);
    }

    @Override
    public Outcome finish() {
        if (refusal == null) {
            try {
                decoder.finish();
            } catch (GzipFault e) {
                refusal = refusal(e);
            }
        }
        return refusal == null ? guard.finish() : new Outcome.Refused(refusal, Report.EMPTY);
    }

    @Override
    public int held() {
        return guard.held();
    }

    @Override
    public void close() {
        decoder.close();
    }

    private static Refusal refusal(GzipFault fault) {
        return new Refusal(RefusalReason.MalformedResponse, fault.getMessage());
    }
}
