package dev.redoubt.sidecar;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * What one connection may hold: a few pipelined requests, because Vert.x queues them without bound, and a time within
 * which a request head has to be complete, however slowly its bytes drip. A connection beyond either is closed.
 */
final class ConnectionLimits extends ChannelDuplexHandler {
    private static final int MOST_PIPELINED = 16;

    private final Deadlines heads;
    private int unanswered;
    private boolean interim;
    private Deadlines.Deadline head;

    /** @param heads bounds the time that a request head takes */
    ConnectionLimits(Deadlines heads) {
        this.heads = heads;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        startTimer(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stopTimer();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        stopTimer();
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest) {
            stopTimer();
            unanswered++;
            if (unanswered > MOST_PIPELINED) {
                context.close();
                return;
            }
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            interim = response.status().code() < HttpResponseStatus.OK.code();
        }
        if (message instanceof LastHttpContent && !interim) {
            unanswered--;
            if (unanswered == 0) {
                startTimer(context);
            }
        }
        super.write(context, message, promise);
    }

    private void startTimer(ChannelHandlerContext context) {
        head = heads.begin(context::close);
    }

    private void stopTimer() {
        if (head != null) {
            head.cancel();
            head = null;
        }
    }
}
