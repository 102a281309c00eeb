package net.shoal.source.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.shoal.api.net.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A connection to a web server, over which one question is asked after the other. On its loop. */
final class WebConnection extends ChannelInboundHandlerAdapter {
    private static final int MAX_LINE = 4_096;
    private static final int MAX_HEADERS = 16_384;
    private static final int MAX_CHUNK = 256 << 10;
    private static final String USER_AGENT = "Shoal/0.1";

    private final Channel channel;
    private final Server server;
    private @Nullable Listener listener;
    private boolean answering;
    private boolean keep;
    private boolean used;

    /** Whom a connection can be used for again. */
    record Server(boolean secure, String host, int port) {
        static Server of(HttpUrl url) {
            return new Server(url.secure(), url.host(), url.port());
        }
    }

    /** Who has asked. */
    interface Listener {
        void onHead(HttpResponse head);

        /** A part of the body; the buffer is the caller's. */
        void onBody(ByteBuf bytes);

        /** The body is over. */
        void onEnd();

        /** @param reason the rest of a sentence that begins with the server */
        void onLost(String reason);
    }

    WebConnection(Channel channel, HttpUrl url) {
        this.channel = channel;
        this.server = Server.of(url);
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(2_048, 16_384, MAX_CHUNK));
        channel.pipeline()
                .addLast(new HttpClientCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK))
                .addLast(this);
    }

    Server server() {
        return server;
    }

    InetAddress remote() {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    boolean isOpen() {
        return channel.isActive();
    }

    /** True once something was asked: the server may have hung up since. */
    boolean isUsed() {
        return used;
    }

    /** The answer was read to its end, and the server waits for another question. */
    boolean isReusable() {
        return keep && !answering && listener == null && channel.isActive();
    }

    void ask(HttpUrl url, long offset, long length, boolean reading, Listener asking) {
        listener = asking;
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, url.pathAndQuery());
        request.headers()
                .set(HttpHeaderNames.HOST, url.hostHeader())
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY)
                .set(HttpHeaderNames.RANGE, "bytes=" + offset + "-" + (offset + length - 1));
        channel.config().setAutoRead(reading);
        channel.writeAndFlush(request);
        if (!channel.isActive()) {
            lost("closed the connection");
        }
        used = true;
    }

    void setReading(boolean on) {
        channel.config().setAutoRead(on);
    }

    /** Nobody waits for an answer any more. */
    void release() {
        listener = null;
        if (!isReusable()) {
            close();
        } else {
            channel.config().setAutoRead(true);
        }
    }

    void close() {
        listener = null;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpResponse head) {
                onHead(head);
            }
            if (message instanceof HttpContent content) {
                onContent(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onHead(HttpResponse head) {
        if (head.decoderResult().isFailure()) {
            broken(head.decoderResult().cause());
            return;
        }
        var waiting = listener;
        if (waiting == null) {
            close();
        } else if (head.status().code() >= 200) {
            answering = true;
            keep = HttpUtil.isKeepAlive(head);
            waiting.onHead(head);
        }
    }

    private void onContent(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            broken(content.decoderResult().cause());
            return;
        }
        if (!answering) {
            return;
        }
        if (listener != null && content.content().isReadable()) {
            listener.onBody(content.content());
        }
        if (content instanceof LastHttpContent) {
            answering = false;
            if (listener != null) {
                listener.onEnd();
            }
        }
    }

    private void broken(Throwable cause) {
        var actual = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        lost(
                actual instanceof TooLongFrameException
                        ? "answers with overlong headers"
                        : "does not answer in HTTP as it should");
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost("closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lost(cause instanceof DecoderException ? "does not answer in HTTP as it should" : "broke the connection");
    }

    private void lost(String reason) {
        var waiting = listener;
        close();
        if (waiting != null) {
            waiting.onLost(reason);
        }
    }
}
