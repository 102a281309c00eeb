package net.shoal.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.ControlSocket;
import net.shoal.itests.distribution.Distribution;
import net.shoal.itests.distribution.FileTree;
import net.shoal.itests.distribution.Running;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A download that is killed goes on where it was when the same command is given again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KillIT {
    private static final long RATE = 6L << 20;
    /** What reliability.md allows to be lost: what was in flight, and a second. */
    private static final long LOSS = RATE + (4 << 20);

    @Test
    void anInterruptedGetResumesAfterSigkill() throws IOException {
        try (var room = new Room();
                var seed = room.other(OtherClient.LIBTORRENT)) {
            var content = Content.MEDIUM.write(room.newFolder("content"), "interrupted.bin");
            long size = Files.size(content);
            var torrent = Torrents.madeByLibtorrent(
                    content,
                    content.resolveSibling("content.torrent"),
                    Content.MEDIUM.pieceBytes(),
                    Format.V1,
                    "http://" + Room.TRACKER + "/announce");
            seed.limitUploads(RATE);
            seed.seed(torrent, content.getParent()).join();

            var folder = room.newFolder("fetched");
            var get = new Get(room, torrent, folder);
            var first = get.run();
            awaitHalf(get, size);
            long doneBefore = get.done();
            first.destroyForcibly();
            first.onExit().join();

            var second = get.run();
            assertThat(second.onExit().join().exitValue()).as(get.output()).isZero();
            assertThat(FileTree.of(folder.resolve(content.getFileName()))).isEqualTo(FileTree.of(content));
            assertThat(seed.uploaded())
                    .as("what the seed had to send, with %d done before", doneBefore)
                    .isLessThan(size + LOSS);
        }
    }

    private static void awaitHalf(Get get, long size) {
        try {
            Running.await("half of it is there", 60, () -> get.done() > size / 2);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + get.output(), e);
        }
    }

    /** The same command, as often as it is run. */
    private record Get(Room room, Path torrent, Path folder, Path home) {
        Get(Room room, Path torrent, Path folder) throws IOException {
            this(room, torrent, folder, room.newFolder("getter").resolve("home"));
        }

        Process run() {
            var command = List.of(
                    Distribution.ofThisBuild().launcher().toString(),
                    "get",
                    torrent.toString(),
                    "--to",
                    folder.toString(),
                    "--home",
                    home.toString(),
                    "--net",
                    "lan");
            return Running.start(new ProcessBuilder(room.inside(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())));
        }

        /** Bytes that are verified, as the node in the middle of it says. */
        long done() throws IOException {
            var file = home.resolve("node.json");
            if (!Files.exists(file)) {
                return 0;
            }
            var control =
                    new ObjectMapper().readTree(file.toFile()).path("control").asText();
            return new ControlSocket(Path.of(control))
                    .results("ls").stream()
                            .mapToLong(row -> row.path("done").asLong())
                            .sum();
        }

        String output() {
            return Running.tail(log());
        }

        private Path log() {
            return home.resolveSibling("get.log");
        }
    }
}
