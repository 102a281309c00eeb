package net.shoal.tracker;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.shoal.api.net.NetworkScope;

/** The tracker over HTTP: one GET a connection, in bounded time, from so many connections at a time. Confined to the loop. */
final class HttpDoor {
    private static final int MAX_LINE = 8_192;
    private static final int MAX_HEADERS = 8_192;
    private static final int MAX_CHUNK = 1_024;
    private static final int BACKLOG = 512;
    private static final long DEADLINE_SECONDS = 10;
    private static final int MAX_CONNECTIONS = 2_000;
    private static final int MAX_CONNECTIONS_PER_SOURCE = 200;
    private static final List<Family> BOTH = List.of(Family.IPV4, Family.IPV6);
    private static final String HOME =
            "This is a BitTorrent tracker, served by a Shoal node. Clients announce to it at /announce; there is nothing else to see.\n";

    private final Swarms swarms;
    private final RateLimit limit;
    private final NetworkScope scope;
    private final LongSupplier clock;
    private final Set<Channel> connections = new HashSet<>();
    private final Map<Source, Integer> bySource = new HashMap<>();

    HttpDoor(Swarms swarms, RateLimit limit, NetworkScope scope, LongSupplier clock) {
        this.swarms = swarms;
        this.limit = limit;
        this.scope = scope;
        this.clock = clock;
    }

    ChannelFuture listen(EventLoop loop, Class<? extends ServerSocketChannel> type, InetSocketAddress local) {
        return new ServerBootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted(channel);
                    }
                })
                .bind(local);
    }

    /** Ends what is still being answered. On the loop. */
    void close() {
        Set.copyOf(connections).forEach(Channel::close);
    }

    private void accepted(Channel channel) {
        var address = address(channel);
        var source = Source.of(address);
        if (!scope.permits(address)
                || connections.size() >= MAX_CONNECTIONS
                || bySource.getOrDefault(source, 0) >= MAX_CONNECTIONS_PER_SOURCE) {
            channel.close();
            return;
        }
        connections.add(channel);
        bySource.merge(source, 1, Integer::sum);
        var deadline = channel.eventLoop().schedule(() -> channel.close(), DEADLINE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> {
            deadline.cancel(false);
            connections.remove(channel);
            bySource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
        });
        channel.pipeline().addLast(new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK), new Answering());
    }

    /** IPv4 over an IPv6 socket is IPv4. */
    private static InetAddress address(Channel channel) {
        return Addresses.plain(((InetSocketAddress) channel.remoteAddress()).getAddress());
    }

    /** A body, and the status it goes with. */
    private record Answer(HttpResponseStatus status, String type, ByteBuffer body) {
        static Answer bencoded(ByteBuffer body) {
            return new Answer(HttpResponseStatus.OK, "text/plain", body);
        }

        static Answer text(HttpResponseStatus status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", StandardCharsets.UTF_8.encode(text));
        }

        /** Trackers refuse with status 200: many clients show the reason only then. */
        static Answer failure(String reason) {
            return bencoded(HttpReplies.failure(reason));
        }
    }

    /** Once the request line and headers are there the answer goes out; a body that may follow is not waited for. */
    private final class Answering extends SimpleChannelInboundHandler<HttpRequest> {
        private boolean isAnswered;

        @Override
        public boolean acceptInboundMessage(Object message) {
            return message instanceof HttpRequest;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpRequest request) {
            if (isAnswered) {
                return;
            }
            isAnswered = true;
            var answer = answer(request, address(context.channel()));
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    answer.status,
                    HttpMethod.HEAD.equals(request.method())
                            ? Unpooled.EMPTY_BUFFER
                            : Unpooled.wrappedBuffer(answer.body));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, answer.type)
                    .set(HttpHeaderNames.CONTENT_LENGTH, answer.body.remaining())
                    .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                    .set("X-Content-Type-Options", "nosniff")
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        private Answer answer(HttpRequest request, InetAddress from) {
            if (request.decoderResult().isFailure()) {
                return Answer.text(HttpResponseStatus.BAD_REQUEST, "This is no HTTP request a tracker understands.\n");
            }
            if (!HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())) {
                return Answer.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "A tracker is asked with GET.\n");
            }
            long now = clock.getAsLong();
            if (!limit.permits(from, now)) {
                return new Answer(
                        HttpResponseStatus.TOO_MANY_REQUESTS,
                        "text/plain",
                        HttpReplies.failure("too many requests from your address; wait a little"));
            }
            try {
                return answer(HttpQuestion.read(request.uri(), from), now);
            } catch (BadRequest e) {
                return Answer.failure(e.reason());
            }
        }

        private Answer answer(HttpQuestion question, long now) throws BadRequest {
            if (question instanceof HttpQuestion.Announcing announcing) {
                var told = swarms.announce(announcing.announce(), BOTH, now);
                return Answer.bencoded(
                        HttpReplies.announce(told, announcing.isCompact(), announcing.withIds(), swarms));
            }
            if (question instanceof HttpQuestion.Scraping scraping) {
                return Answer.bencoded(HttpReplies.scrape(scraping, swarms, now));
            }
            return question instanceof HttpQuestion.Home
                    ? Answer.text(HttpResponseStatus.OK, HOME)
                    : Answer.text(HttpResponseStatus.NOT_FOUND, "There is only /announce and /scrape here.\n");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
            context.close();
        }
    }
}
