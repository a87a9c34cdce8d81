package dev.redoubt.sidecar;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits for the first bytes of a connection, which say whether it speaks HTTP/2 (RFC 9113, 3.4), and steps aside. */
final class Preface extends ChannelInboundHandlerAdapter {
    private static final byte[] HTTP2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Duration patience;
    private final Consumer<Boolean> told;
    private final ByteBuf first = Unpooled.buffer(HTTP2.length);
    private Future<?> timer;

    /**
     * @param patience after which a connection that has not said it is closed
     * @param told whether it is HTTP/2; has set up what comes behind in the pipeline when it returns
     */
    Preface(Duration patience, Consumer<Boolean> told) {
        this.patience = patience;
        this.told = told;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor().schedule(() -> context.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        timer.cancel(false);
        first.release();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf piece = (ByteBuf) message;
        int known = first.readableBytes();
        int more = Math.min(piece.readableBytes(), HTTP2.length - known);
        int same = 0;
        while (same < more && piece.getByte(piece.readerIndex() + same) == HTTP2[known + same]) {
            same++;
        }
        if (same == more && known + more < HTTP2.length) {
            first.writeBytes(piece);
            piece.release();
            return;
        }
        told.accept(same == more);
        ByteBuf all = known == 0 ? piece : Unpooled.wrappedBuffer(first.retainedDuplicate(), piece);
        // first out of the way, or it would get what goes wrong behind
        context.pipeline().remove(this);
        context.fireChannelRead(all);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
