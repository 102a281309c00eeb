package net.shoal.net;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import net.shoal.api.net.DownloadException;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.Network;
import net.shoal.api.net.Reach;
import net.shoal.api.net.WebDownload;
import net.shoal.base.model.RemoteText;

/**
 * Fetches a file over HTTP(S), on the thread of who asks. On sockets of our own, so that what was looked up and permitted is what is connected
 * to, also after a redirect; and as HTTP/1.0, whose answers end with the connection (RFC 9112, 6.3).
 */
final class FileDownload implements WebDownload, AutoCloseable {
    private static final int MAX_REDIRECTS = 5;
    private static final int TIMEOUT_MILLIS = 15_000;
    private static final int BUFFER = 16 * 1024;

    private final Network network;
    private final Reach reach;
    private final Dialling dialling;
    /** Under way; closing one ends the wait for what does not come. */
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** Opens a connection, within the time-outs. */
    interface Dialling {
        Socket dial(InetAddress address, int port) throws IOException;
    }

    FileDownload(Network network) {
        this(network, (address, port) -> dial(network, address, port));
    }

    FileDownload(Network network, Dialling dialling) {
        this.network = network;
        this.reach = new Reach(network.scope());
        this.dialling = dialling;
    }

    @Override
    public void fetch(URI first, Terms terms, OutputStream to) throws DownloadException, InterruptedException {
        long end = System.nanoTime() + terms.within().toNanos();
        var url = checked(first);
        var address = lookUp(url);
        var refused = reach.refusal(address);
        if (refused.isPresent()) {
            throw failed(first, refused.get(), "");
        }
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            var elsewhere = ask(url, address, terms, end, to);
            if (elsewhere.isEmpty()) {
                return;
            }
            var from = address;
            url = redirected(url, elsewhere.get());
            address = lookUp(url);
            var refusal = reach.redirectRefusal(from, address);
            if (refusal.isPresent()) {
                throw failed(first, refusal.get(), "give the URL of the file itself");
            }
        }
        throw failed(first, "it redirects for ever", "give the URL of the file itself");
    }

    private static HttpUrl checked(URI url) throws DownloadException {
        try {
            return HttpUrl.of(URI.create(url.toASCIIString()));
        } catch (IllegalArgumentException e) {
            throw new DownloadException(url + " " + e.getMessage(), "");
        }
    }

    private static HttpUrl redirected(HttpUrl from, String location) throws DownloadException {
        try {
            return from.redirect(location);
        } catch (IllegalArgumentException e) {
            throw failed(from.uri(), "it redirects to '" + RemoteText.of(location) + "', which " + e.getMessage(), "");
        }
    }

    private InetAddress lookUp(HttpUrl url) throws DownloadException, InterruptedException {
        try {
            return network.resolve(url.host())
                    .toCompletableFuture()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .get(0);
        } catch (ExecutionException e) {
            throw failed(url.uri(), why(e), "");
        } catch (TimeoutException e) {
            throw failed(url.uri(), "its host is not found in time", "try again");
        }
    }

    private static String why(ExecutionException e) {
        var cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }

    /** Where it is instead, if the server says so. */
    private Optional<String> ask(HttpUrl url, InetAddress address, Terms terms, long end, OutputStream to)
            throws DownloadException, InterruptedException {
        try (var plain = dialling.dial(address, url.port())) {
            open.add(plain);
            try {
                var socket = url.secure() ? secure(plain, url.host(), url.port()) : plain;
                socket.getOutputStream().write(request(url, terms).getBytes(StandardCharsets.US_ASCII));
                var in = new BufferedInputStream(new EndsInTime(socket.getInputStream(), end), BUFFER);
                var head = AnswerHead.read(in);
                if (head.redirect().isPresent()) {
                    return head.redirect();
                }
                copy(url.uri(), head, terms, in, to);
                return Optional.empty();
            } finally {
                open.remove(plain);
            }
        } catch (EndsInTime.TooLongException e) {
            throw failed(url.uri(), "it takes too long", "download it and give the file");
        } catch (IOException e) {
            if (closed) {
                throw new InterruptedException("the network closes");
            }
            throw failed(url.uri(), String.valueOf(e.getMessage()), "");
        }
    }

    private static Socket dial(Network network, InetAddress address, int port) throws IOException {
        var socket = new Socket();
        try {
            var from = network.dialFrom(address);
            if (from.isPresent()) {
                socket.bind(new InetSocketAddress(from.get(), 0));
            }
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secure(Socket plain, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String request(HttpUrl url, Terms terms) {
        return "GET " + url.pathAndQuery() + " HTTP/1.0\r\nHost: " + url.hostHeader()
                + "\r\nUser-Agent: Shoal\r\nAccept: " + terms.accept() + "\r\nConnection: close\r\n\r\n";
    }

    private static void copy(URI url, AnswerHead head, Terms terms, InputStream in, OutputStream to)
            throws IOException, DownloadException {
        if (head.status() != 200) {
            throw failed(url, "the server answers " + head.status(), "");
        }
        var announced = head.length();
        if (announced.isPresent() && announced.getAsLong() > terms.maxBytes()) {
            throw tooLarge(url, terms);
        }
        var buffer = new byte[BUFFER];
        long got = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            got += n;
            if (got > terms.maxBytes()) {
                throw tooLarge(url, terms);
            }
            to.write(buffer, 0, n);
        }
        if (announced.isPresent() && announced.getAsLong() != got) {
            throw failed(url, "the connection broke before it was complete", "try again");
        }
    }

    private static DownloadException tooLarge(URI url, Terms terms) {
        return failed(url, "it is larger than " + terms.kind() + " may be: " + terms.maxBytes() + " bytes", "");
    }

    private static DownloadException failed(URI url, String why, String hint) {
        return new DownloadException(url + " cannot be fetched: " + why, hint);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        closed = true;
        open.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone then
            }
        });
    }
}
