package net.shoal.discovery.tracker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers whatever a test wants, byte for byte, on loopback. */
final class ScriptedServer implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final CountDownLatch closing = new CountDownLatch(1);
    private final ServerSocket socket;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Writes the answer to one request. */
    interface Script {
        void answer(String requestLine, Socket to, ScriptedServer server) throws Exception;
    }

    ScriptedServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
        threads.execute(this::accept);
    }

    static ScriptedServer on(InetAddress address, Script script) throws IOException {
        return new ScriptedServer(new ServerSocket(0, 50, address), script);
    }

    static ScriptedServer on127(Script script) throws IOException {
        return on(Samples.address("127.0.0.1"), script);
    }

    /** The same bytes for everybody. */
    static ScriptedServer saying(byte[] bytes) throws IOException {
        return on127((line, to, server) -> to.getOutputStream().write(bytes));
    }

    static byte[] http(String headers, byte[] body) {
        var head = ("HTTP/1.1 " + headers + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var accepted = socket.accept();
                threads.execute(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            var reader =
                    new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.ISO_8859_1));
            var line = reader.readLine();
            if (line == null) {
                return;
            }
            requests.add(line);
            script.answer(line, accepted, this);
        } catch (Exception e) {
            // the client has gone, as some tests want it to
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
        threads.shutdownNow();
    }
}
