package net.shoal.discovery.tracker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.Network;

/** One GET over a connection of its own, to an address already chosen. What comes back is bounded in size and time. */
final class HttpFetch {
    /** Bytes of a body, before and after decompression. */
    static final int MAX_BODY = 1 << 20;

    private static final int MAX_LINE = 4_096;
    private static final int MAX_HEADERS = 16_384;
    private static final int MAX_CHUNK = 8_192;
    private static final int CONNECT_MILLIS = 10_000;
    private static final String USER_AGENT = "Shoal/0.1";

    private final Network network;
    private final EventLoop loop;
    private final Tls tls;
    private final ChannelGroup open;

    HttpFetch(Network network, EventLoop loop, Tls tls) {
        this.network = network;
        this.loop = loop;
        this.tls = tls;
        this.open = new DefaultChannelGroup(loop);
    }

    /**
     * What came back.
     *
     * @param location where it redirects to
     */
    record Answer(int status, String reason, Optional<String> location, ByteBuffer body) {
        boolean isRedirect() {
            return status >= 301 && status <= 308 && status != 304 && location.isPresent();
        }
    }

    /** There was no connection to that address; another one may do. */
    static final class ConnectFailure extends java.io.IOException {
        ConnectFailure(String message) {
            super(message);
        }
    }

    /** @param target path and query */
    CompletionStage<Answer> get(TrackerUrl url, String target, InetSocketAddress address, long timeoutMillis) {
        if (url.scheme() != TrackerUrl.Scheme.HTTPS) {
            return connect(url, target, address, timeoutMillis, Optional.empty());
        }
        return tls.context()
                .thenComposeAsync(ssl -> connect(url, target, address, timeoutMillis, Optional.of(ssl)), loop);
    }

    void close() {
        open.close();
    }

    private CompletionStage<Answer> connect(
            TrackerUrl url, String target, InetSocketAddress address, long timeoutMillis, Optional<SslContext> ssl) {
        var answer = new CompletableFuture<Answer>();
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(ChannelTypes.of(network.eventLoops()).stream())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(CONNECT_MILLIS, timeoutMillis))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open.add(channel);
                        ssl.ifPresent(context -> channel.pipeline()
                                .addLast(context.newHandler(channel.alloc(), url.host(), url.port())));
                        channel.pipeline()
                                .addLast(new HttpClientCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK))
                                .addLast(new HttpContentDecompressor(false, MAX_BODY))
                                .addLast(new HttpObjectAggregator(MAX_BODY))
                                .addLast(new Reading(answer));
                    }
                });
        var connecting = network.dialFrom(address.getAddress())
                .map(from -> bootstrap.connect(address, new InetSocketAddress(from, 0)))
                .orElseGet(() -> bootstrap.connect(address));
        connecting.addListener((ChannelFuture future) -> {
            if (future.isSuccess()) {
                future.channel().writeAndFlush(request(url, target));
            } else {
                answer.completeExceptionally(
                        new ConnectFailure("cannot be connected to: " + Wording.of(future.cause(), address)));
            }
        });
        watch(connecting.channel(), answer, timeoutMillis);
        return answer;
    }

    /** However slowly it trickles in: at the deadline it is over. */
    private void watch(Channel channel, CompletableFuture<Answer> answer, long timeoutMillis) {
        var deadline = loop.schedule(
                () -> answer.completeExceptionally(TrackerFailure.unreachable("did not answer in time")),
                timeoutMillis,
                TimeUnit.MILLISECONDS);
        answer.whenComplete((done, problem) -> {
            deadline.cancel(false);
            channel.close();
        });
    }

    private static DefaultFullHttpRequest request(TrackerUrl url, String target) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        boolean isDefaultPort = url.port() == (url.scheme() == TrackerUrl.Scheme.HTTPS ? 443 : 80);
        var host = isDefaultPort ? url.authority().substring(0, url.authority().lastIndexOf(':')) : url.authority();
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return request;
    }

    private static final class Reading extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<Answer> answer;

        Reading(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            if (response.decoderResult().isFailure()) {
                exceptionCaught(context, response.decoderResult().cause());
                return;
            }
            answer.complete(new Answer(
                    response.status().code(),
                    response.status().reasonPhrase(),
                    Optional.ofNullable(response.headers().get(HttpHeaderNames.LOCATION)),
                    ByteBuffer.wrap(ByteBufUtil.getBytes(response.content()))));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(TrackerFailure.unreachable("closed the connection before it had answered"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
            answer.completeExceptionally(TrackerFailure.unreachable(words(problem)));
        }

        private static String words(Throwable problem) {
            if (problem instanceof TooLongFrameException) {
                return "answered with more than " + MAX_BODY + " bytes, or overlong headers";
            }
            var cause = problem instanceof io.netty.handler.codec.DecoderException && problem.getCause() != null
                    ? problem.getCause()
                    : problem;
            return cause instanceof SSLException
                    ? "TLS failed: " + cause.getMessage()
                    : "did not answer in HTTP: " + cause.getMessage();
        }
    }
}
