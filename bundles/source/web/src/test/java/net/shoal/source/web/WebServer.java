package net.shoal.source.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on loopback that does what a test wants, byte for byte. */
final class WebServer implements AutoCloseable {
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket socket;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /**
     * What was asked.
     *
     * @param number of the request on this connection, from 0
     */
    record Request(String path, long first, long last, List<String> headers, int number) {}

    /** Writes an answer; the connection is closed when it gives false. */
    interface Script {
        boolean answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    WebServer(InetAddress address, Script script) throws IOException {
        this.socket = new ServerSocket(0, 50, address);
        this.script = script;
        threads.execute(this::accept);
    }

    WebServer(Script script) throws IOException {
        this(InetAddress.getLoopbackAddress(), script);
    }

    /** The same for everyone. */
    static WebServer saying(String answer) throws IOException {
        return new WebServer((request, out) -> {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return false;
        });
    }

    /** As a server should be. */
    static WebServer serving(byte[] file) throws IOException {
        return new WebServer((request, out) -> {
            part(request, file, out);
            return true;
        });
    }

    static void part(Request request, byte[] file, OutputStream out) throws IOException {
        int length = (int) (request.last - request.first + 1);
        head(
                out,
                "206 Partial Content",
                "Content-Range: bytes " + request.first + "-" + request.last + "/" + file.length,
                "Content-Length: " + length);
        out.write(file, (int) request.first, length);
    }

    static void head(OutputStream out, String status, String... headers) throws IOException {
        var text = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        for (var header : headers) {
            text.append(header).append("\r\n");
        }
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    int port() {
        return socket.getLocalPort();
    }

    String url() {
        return "http://" + socket.getInetAddress().getHostAddress() + ":" + port() + "/";
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var accepted = socket.accept();
                open.add(accepted);
                connections.incrementAndGet();
                threads.execute(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            var in = new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.ISO_8859_1));
            for (int number = 0; ; number++) {
                var request = read(in, number);
                if (request == null) {
                    return;
                }
                requests.add(request);
                if (!script.answer(request, accepted.getOutputStream())) {
                    return;
                }
                accepted.getOutputStream().flush();
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone, as some tests want it to
        }
    }

    private static Request read(BufferedReader in, int number) throws IOException {
        var line = in.readLine();
        if (line == null) {
            return null;
        }
        long first = -1;
        long last = -1;
        var headers = new CopyOnWriteArrayList<String>();
        for (var header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            headers.add(header);
            if (header.toLowerCase(java.util.Locale.ROOT).startsWith("range: bytes=")) {
                var range = header.substring("range: bytes=".length()).split("-", -1);
                first = Long.parseLong(range[0]);
                last = Long.parseLong(range[1]);
            }
        }
        return new Request(line.split(" ", 3)[1], first, last, headers, number);
    }

    /** Hangs up on everyone. */
    void hangUp() throws IOException {
        for (var each : open) {
            each.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        hangUp();
        threads.shutdownNow();
    }
}
