package dev.redoubt.wire.path;

import java.util.List;
import java.util.function.UnaryOperator;

/** A text that is being edited: it stays, or another one stands in its place. */
final class PlainTextDraft extends Draft {
    private byte[] text;

    PlainTextDraft(byte[] body, Hits hits) {
        super(body, hits);
        text = body;
    }

    @Override
    public boolean isPlain(int hit) {
        return true;
    }

    @Override
    public int from(int hit) {
        return 0;
    }

    @Override
    public int to(int hit) {
        return body().length;
    }

    @Override
    public byte[] text(int hit) {
        return body();
    }

    @Override
    public boolean mayBeNumber(int hit) {
        return false;
    }

    @Override
    public boolean mayBeText(int hit) {
        return true;
    }

    @Override
    public void putText(int hit, byte[] utf8) {
        text = utf8;
    }

    @Override
    public void putScalar(int hit, byte[] json) {
        text = json;
    }

    @Override
    public void changeVectors(int hit, UnaryOperator<float[]> change) throws UnfitVectorException {
        throw new UnfitVectorException();
    }

    @Override
    public void clear(int hit) {
        text = new byte[0];
    }

    @Override
    public void cut(int hit) {
        clear(hit);
    }

    @Override
    public void cutItem(int hit, int before, int after) {
        throw new IllegalStateException("there are no arrays of records");
    }

    @Override
    public void add(Member member) {
        throw noMembers();
    }

    @Override
    public void addObject(String name, List<Member> members) {
        throw noMembers();
    }

    @Override
    public void addTo(int hit, List<Member> members) {
        throw noMembers();
    }

    private static IllegalStateException noMembers() {
        return new IllegalStateException("a text has no members");
    }

    @Override
    public byte[] finish() {
        return text;
    }
}
