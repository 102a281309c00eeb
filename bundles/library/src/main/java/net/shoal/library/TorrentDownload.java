package net.shoal.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import net.shoal.api.library.LinkException;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.Network;
import net.shoal.api.net.Reach;
import net.shoal.base.model.RemoteText;

/**
 * Fetches a .torrent file over HTTP(S). On sockets of our own, so that what was looked up and permitted is what is connected to, also after
 * a redirect; and as HTTP/1.0, whose answers end with the connection (RFC 9112, 6.3).
 */
final class TorrentDownload {
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_HEAD = 32 * 1024;
    private static final int TIMEOUT_MILLIS = 15_000;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Network network;
    private final Reach reach;
    private final Dialling dialling;
    private final int maxBytes;

    /** Opens a connection, within the time-outs. */
    interface Dialling {
        Socket dial(InetAddress address, int port) throws IOException;
    }

    /** @param maxBytes of the file */
    TorrentDownload(Network network, int maxBytes) {
        this(network, maxBytes, (address, port) -> dial(network, address, port));
    }

    TorrentDownload(Network network, int maxBytes, Dialling dialling) {
        this.network = network;
        this.reach = new Reach(network.scope());
        this.dialling = dialling;
        this.maxBytes = maxBytes;
    }

    byte[] fetch(URI first) throws LinkException, InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        var url = checked(first);
        var address = lookUp(url);
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            var answer = ask(url, address, end);
            var elsewhere = answer.redirect();
            if (elsewhere.isEmpty()) {
                return answer.body(url.uri());
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

    private static HttpUrl checked(URI url) throws LinkException {
        try {
            return HttpUrl.of(URI.create(url.toASCIIString()));
        } catch (IllegalArgumentException e) {
            throw new LinkException(url + " " + e.getMessage(), "");
        }
    }

    private static HttpUrl redirected(HttpUrl from, String location) throws LinkException {
        try {
            return from.redirect(location);
        } catch (IllegalArgumentException e) {
            throw failed(from.uri(), "it redirects to '" + RemoteText.of(location) + "', which " + e.getMessage(), "");
        }
    }

    private InetAddress lookUp(HttpUrl url) throws LinkException, InterruptedException {
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

    private Answer ask(HttpUrl url, InetAddress address, long end) throws LinkException {
        try (var plain = dialling.dial(address, url.port())) {
            var socket = url.secure() ? secure(plain, url.host(), url.port()) : plain;
            socket.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
            return Answer.of(read(socket.getInputStream(), url.uri(), end));
        } catch (IOException e) {
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

    private static String request(HttpUrl url) {
        return "GET " + url.pathAndQuery() + " HTTP/1.0\r\nHost: " + url.hostHeader()
                + "\r\nUser-Agent: Shoal\r\nAccept: application/x-bittorrent, */*;q=0.1\r\nConnection: close\r\n\r\n";
    }

    private byte[] read(InputStream in, URI url, long end) throws IOException, LinkException {
        var all = new ByteArrayOutputStream();
        var buffer = new byte[16 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            all.write(buffer, 0, n);
            if (all.size() > maxBytes + MAX_HEAD) {
                throw failed(url, "it is larger than a .torrent may be: " + maxBytes + " bytes", "");
            }
            if (System.nanoTime() - end > 0) {
                throw failed(url, "it takes too long", "download it and give the file");
            }
        }
        return all.toByteArray();
    }

    private static LinkException failed(URI url, String why, String hint) {
        return new LinkException(url + " cannot be fetched: " + why, hint);
    }

    /** Status, head and body as they came. */
    private record Answer(int status, String head, ByteBuffer content) {
        static Answer of(byte[] bytes) throws IOException {
            var start = new String(bytes, 0, Math.min(bytes.length, MAX_HEAD), StandardCharsets.ISO_8859_1);
            int end = start.indexOf("\r\n\r\n");
            if (end < 0 || !start.matches("(?s)HTTP/1\\.[01] [0-9]{3}.*")) {
                throw new IOException("the answer is not HTTP");
            }
            var content = ByteBuffer.wrap(bytes, end + 4, bytes.length - end - 4);
            return new Answer(Integer.parseInt(start.substring(9, 12)), start.substring(0, end + 2), content);
        }

        Optional<String> redirect() {
            return status / 100 == 3 ? header("location") : Optional.empty();
        }

        byte[] body(URI url) throws LinkException {
            if (status != 200) {
                throw failed(url, "the server answers " + status, "");
            }
            var length = header("content-length")
                    .filter(text -> text.matches("[0-9]{1,9}"))
                    .map(Integer::parseInt);
            if (length.isPresent() && length.get() != content.remaining()) {
                throw failed(url, "the connection broke before it was complete", "try again");
            }
            var body = new byte[content.remaining()];
            content.duplicate().get(body);
            return body;
        }

        private Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }
}
