package net.shoal.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;

/**
 * What https servers are judged by: the certificates the JDK trusts, and the host name (RFC 2818), always. Reading the trust store takes
 * a while, so it happens at the first use and off the event loops.
 */
final class Tls {
    private final CompletableFuture<SslContext> context = new CompletableFuture<>();
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final SslContextBuilder builder;

    private Tls(SslContextBuilder builder) {
        this.builder = builder;
    }

    static Tls trustingTheUsual() {
        return new Tls(SslContextBuilder.forClient());
    }

    /** @param builder with other certificates to trust */
    static Tls of(SslContextBuilder builder) {
        return new Tls(builder);
    }

    CompletionStage<SslContext> context() {
        if (isAsked.compareAndSet(false, true)) {
            var thread = new Thread(this::make, "shoal-net-tls");
            thread.setDaemon(true);
            thread.start();
        }
        return context;
    }

    private void make() {
        try {
            context.complete(builder.sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build());
        } catch (SSLException | RuntimeException e) {
            context.completeExceptionally(new IOException("TLS cannot be used: " + e.getMessage(), e));
        }
    }
}
