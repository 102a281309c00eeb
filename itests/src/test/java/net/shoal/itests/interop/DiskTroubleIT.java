package net.shoal.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import net.shoal.itests.distribution.FileTree;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose downloads lie on a small disk of their own: what becomes of them when it is full, or not to be written to. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DiskTroubleIT {
    private static final long DISK = 48 << 20;
    /** With this on it the disk has no room for the download. */
    private static final int OTHER_FILE = 36 << 20;

    private static final String RATE = "4MiB";
    private static final long SECONDS = 120;
    /** After the cause is gone; it is looked for every 10 s at least. */
    private static final long SOON = 60;

    @TempDir
    Path folder;

    private SmallDisk disk;
    private NodeProcess seeder;
    private NodeProcess node;
    private Path content;

    @BeforeEach
    void open() throws IOException {
        var place = Files.createDirectories(folder.resolve("disk"));
        disk = SmallDisk.mount(place, DISK);
        content = Content.MEDIUM.write(Files.createDirectories(folder.resolve("content")), "content.bin");
        seeder = node("seeder", UnaryOperator.identity(), "--set", "net.shoal.engine:upLimit=" + RATE);
        node = node("node", disk::inside);
    }

    private NodeProcess node(String name, UnaryOperator<List<String>> within, String... more) throws IOException {
        var options = new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--net", "loopback"));
        options.addAll(java.util.List.of(more));
        return NodeProcess.start(folder.resolve(name + "/home"), within, options.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        for (var process : new NodeProcess[] {node, seeder}) {
            if (process != null) {
                process.close();
            }
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aFullDiskStopsOneTransferUntilThereIsRoom() throws IOException {
        var other = disk.fromOutside().resolve("other.bin");
        Files.write(other, new byte[OTHER_FILE]);
        var id = get(content, folder.resolve("disk"));
        awaitTrouble(id, "disk-full");
        assertThat(row(id).path("reason").asText())
                .contains(folder.resolve("disk").toString(), "the disk is full");
        assertThat(row(id).path("hint").asText()).contains("make room");
        assertThat(shown(id).path("trouble").asText()).isEqualTo("disk-full");
        assertThat(shown(id).path("reason").asText())
                .isEqualTo(row(id).path("reason").asText());

        var small = Files.write(folder.resolve("content/small.bin"), new byte[1 << 20]);
        var another = get(small, folder.resolve("elsewhere"));
        awaitState(another, "seeding", SECONDS);
        assertThat(folder.resolve("elsewhere/small.bin")).hasSameBinaryContentAs(small);
        assertThat(row(id).path("state").asText()).isEqualTo("failed");

        Files.delete(other);
        awaitState(id, "downloading", SOON);
        awaitState(id, "seeding", SECONDS);
        assertIntact();
    }

    @Test
    void aDiskThatIsReadOnlyForAWhileLosesNothing() throws IOException {
        var id = get(content, folder.resolve("disk"));
        await(id, "a third of it", SECONDS, () -> row(id).path("done").asLong() > 8 << 20);
        long before = row(id).path("done").asLong();
        node.control().results("pause", id);
        // a file that is open for writing keeps its disk writable
        await(id, "read-only", SECONDS, () -> disk.readOnly(true));
        node.control().results("resume", id);
        awaitTrouble(id, "read-only");
        assertThat(row(id).path("reason").asText())
                .contains(folder.resolve("disk").toString(), "read-only");
        assertThat(row(id).path("hint").asText()).contains("mount it for writing");
        assertThat(shown(id).path("trouble").asText()).isEqualTo("read-only");
        assertThat(row(id).path("done").asLong()).isGreaterThanOrEqualTo(before);

        assertThat(disk.readOnly(false)).isTrue();
        awaitState(id, "downloading", SOON);
        assertThat(row(id).path("done").asLong()).isGreaterThanOrEqualTo(before);
        awaitState(id, "seeding", SECONDS);
        assertIntact();
        assertThat(shown(id).path("downloaded").asLong())
                .as("bytes that came")
                .isLessThan(Files.size(content) + (8 << 20));
    }

    /** @return the id of the transfer */
    private String get(Path shared, Path to) throws IOException {
        var link = seeder.control()
                .results("share", shared.toString())
                .get(0)
                .path("link")
                .asText();
        node.control().begin("get", link, "--to", to.toString(), "--peer", seeder.address());
        return link.replaceFirst("^magnet:\\?xt=urn:btih:([0-9a-f]{40}).*$", "$1");
    }

    private JsonNode row(String id) throws IOException {
        return node.control().results("ls").stream()
                .filter(row -> row.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode shown(String id) throws IOException {
        return node.control().results("show", id).get(0);
    }

    private void awaitTrouble(String id, String trouble) {
        await(id, trouble, SECONDS, () -> row(id).path("trouble").asText().equals(trouble));
    }

    private void awaitState(String id, String state, long seconds) {
        await(id, state, seconds, () -> row(id).path("state").asText().equals(state));
    }

    private void await(String id, String what, long seconds, Callable<Boolean> condition) {
        try {
            Running.await(what, seconds, condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + described(id) + "\n" + node.log(), e);
        }
    }

    private String described(String id) {
        try {
            return row(id).toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void assertIntact() throws IOException {
        var fetched = disk.fromOutside().resolve(String.valueOf(content.getFileName()));
        assertThat(FileTree.of(fetched)).isEqualTo(FileTree.of(content));
    }
}
