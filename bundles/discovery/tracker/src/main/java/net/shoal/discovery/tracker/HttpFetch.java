package net.shoal.discovery.tracker;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.PrematureChannelClosureException;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.HttpUrl;

/** One GET over a connection of its own, to addresses already chosen. What comes back is bounded in size and time. */
final class HttpFetch {
    /** Bytes of a body, before and after decompression. */
    static final int MAX_BODY = 1 << 20;

    private static final int MAX_LINE = 4_096;
    private static final int MAX_HEADERS = 16_384;
    private static final int MAX_CHUNK = 8_192;
    private static final String USER_AGENT = "Shoal/0.1";

    private final HttpConnector connector;
    private final EventLoop loop;
    private final ChannelGroup open;

    HttpFetch(HttpConnector connector, EventLoop loop) {
        this.connector = connector;
        this.loop = loop;
        this.open = new DefaultChannelGroup(loop);
    }

    /**
     * What came back.
     *
     * @param location where it redirects to
     */
    record Answer(InetAddress from, int status, String reason, Optional<String> location, ByteBuffer body) {
        boolean isRedirect() {
            return status >= 301 && status <= 308 && status != 304 && location.isPresent();
        }
    }

    CompletionStage<Answer> get(HttpUrl url, List<InetAddress> addresses, long timeoutMillis) {
        var answer = new CompletableFuture<Answer>();
        var connecting = connector.connect(url, addresses, loop).toCompletableFuture();
        connecting.whenCompleteAsync(
                (channel, problem) -> {
                    if (problem != null) {
                        answer.completeExceptionally(TrackerFailure.of(problem));
                    } else {
                        ask(channel, url, answer);
                    }
                },
                loop);
        // however slowly it trickles in: at the deadline it is over
        var deadline = loop.schedule(
                () -> answer.completeExceptionally(TrackerFailure.unreachable("did not answer in time")),
                timeoutMillis,
                TimeUnit.MILLISECONDS);
        answer.whenComplete((done, problem) -> {
            deadline.cancel(false);
            connecting.cancel(false);
        });
        return answer;
    }

    void close() {
        open.close();
    }

    private void ask(Channel channel, HttpUrl url, CompletableFuture<Answer> answer) {
        open.add(channel);
        answer.whenComplete((done, problem) -> channel.close());
        channel.pipeline()
                .addLast(new HttpClientCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK))
                .addLast(new HttpContentDecompressor(false, MAX_BODY))
                .addLast(new HttpObjectAggregator(MAX_BODY))
                .addLast(new Reading(answer));
        if (!channel.isActive()) {
            answer.completeExceptionally(TrackerFailure.unreachable(Reading.HUNG_UP));
        }
        channel.writeAndFlush(request(url));
    }

    private static DefaultFullHttpRequest request(HttpUrl url) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, url.pathAndQuery());
        request.headers()
                .set(HttpHeaderNames.HOST, url.hostHeader())
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return request;
    }

    private static final class Reading extends SimpleChannelInboundHandler<FullHttpResponse> {
        static final String HUNG_UP = "closed the connection before it had answered";

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
                    ((InetSocketAddress) context.channel().remoteAddress()).getAddress(),
                    response.status().code(),
                    response.status().reasonPhrase(),
                    Optional.ofNullable(response.headers().get(HttpHeaderNames.LOCATION)),
                    ByteBuffer.wrap(ByteBufUtil.getBytes(response.content()))));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(TrackerFailure.unreachable(HUNG_UP));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
            answer.completeExceptionally(TrackerFailure.unreachable(words(problem)));
        }

        private static String words(Throwable problem) {
            if (problem instanceof TooLongFrameException) {
                return "answered with more than " + MAX_BODY + " bytes, or overlong headers";
            }
            if (problem instanceof PrematureChannelClosureException) {
                return HUNG_UP;
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
