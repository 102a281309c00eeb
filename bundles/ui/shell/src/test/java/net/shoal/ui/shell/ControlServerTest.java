package net.shoal.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ControlServerTest {
    private final CountDownLatch noneLeft = new CountDownLatch(1);
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    /** Short: the path of a socket has a limit. */
    private Path folder;

    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createTempDirectory(Path.of("target"), "c").toAbsolutePath();
        server = ControlServer.open(folder, this::execute, new Attached(noneLeft::countDown));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        assertThat(server.path()).doesNotExist();
    }

    private int execute(Request request, java.util.function.Consumer<Reply> out, CompletableFuture<Void> detached)
            throws InterruptedException {
        if (request.args().equals(List.of("share", "for ever"))) {
            out.accept(new Reply.Result(Map.of("link", "magnet:")));
            detached.thenRun(() -> gone.complete(null));
            detached.join();
        }
        out.accept(new Reply.Result(Map.of("args", request.args(), "cwd", request.cwd())));
        out.accept(new Reply.Exit(0));
        return 0;
    }

    private record Client(SocketChannel channel, BufferedReader in) implements AutoCloseable {
        void send(String text) throws IOException {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private Client connect() throws IOException {
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(server.path()));
        var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        return new Client(channel, in);
    }

    @Test
    void answersRequestsOneAfterTheOther() throws IOException {
        try (var client = connect()) {
            for (var word : List.of("ls", "sh\u00f6w")) {
                client.send(new Request(List.of(word), "/x").toLine() + "\n");
                assertThat(client.in.readLine())
                        .contains("\"type\":\"result\"")
                        .contains("\"" + word + "\"")
                        .contains("\"cwd\":\"/x\"");
                assertThat(client.in.readLine()).isEqualTo("{\"type\":\"exit\",\"status\":0}");
            }
        }
    }

    @Test
    void refusesWhatIsNoRequestAndGoesOn() throws IOException {
        try (var client = connect()) {
            client.send("nonsense\n");
            assertThat(client.in.readLine()).contains("\"type\":\"error\"").contains("\"usage\"");
            assertThat(client.in.readLine()).isEqualTo("{\"type\":\"exit\",\"status\":2}");
            client.send("{\"args\":[\"ls\"],\"cwd\":\"/\"}\n");
            assertThat(client.in.readLine()).contains("result");
        }
    }

    @Test
    void noticesThatTheClientGoesAndEndsWithTheLastCommand() throws Exception {
        try (var client = connect()) {
            client.send("{\"args\":[\"share\",\"for ever\"],\"cwd\":\"/\"}\n");
            assertThat(client.in.readLine()).contains("magnet:");
            assertThat(noneLeft.getCount()).isEqualTo(1);
        }
        gone.get(10, TimeUnit.SECONDS);
        assertThat(noneLeft.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closesOnAClientThatNeverEndsItsLine() throws IOException {
        try (var client = connect()) {
            var chunk = "x".repeat(64 * 1024);
            try {
                for (int i = 0; i < 100; i++) {
                    client.send(chunk);
                }
                assertThat(client.in.readLine()).isNull();
            } catch (IOException closed) {
                assertThat(closed).isNotNull();
            }
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void goesElsewhereWhereItsPathWouldBeTooLong() throws IOException {
        var deep = Files.createDirectories(folder.resolve("x".repeat(110)));
        try (var other = ControlServer.open(deep, this::execute, new Attached(() -> {}))) {
            assertThat(other.path().toString().length())
                    .isLessThan(deep.toString().length());
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(other.path().getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void takesThePlaceOfASocketThatWasLeft() throws IOException {
        server.close();
        Files.createFile(server.path());
        server = ControlServer.open(folder, this::execute, new Attached(() -> {}));
        answersRequestsOneAfterTheOther();
    }
}
