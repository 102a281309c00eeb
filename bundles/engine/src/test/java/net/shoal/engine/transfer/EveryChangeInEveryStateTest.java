package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.queue.QueueLimits;
import net.shoal.engine.testing.GatedStorage;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table: whatever a user does, whatever the transfer is doing, there is one result; and it can be removed after that. */
class EveryChangeInEveryStateTest extends EnginesTest {
    private static final String REFUSED = "refused";
    private static final int SIZE = 40_000;
    private static final URI ANY = URI.create("http://127.0.0.1:1/announce");

    private final GatedStorage storage = new GatedStorage(RealFiles.storage());
    private int made;

    /** What a user may do, by a short name. */
    private Map<String, TransferChange> changes() throws IOException {
        var all = new LinkedHashMap<String, TransferChange>();
        all.put(
                "together",
                new TransferChange.Together(
                        List.of(new TransferChange.Limit(TransferLimits.NONE), new TransferChange.Sequential(false))));
        all.put("pause", new TransferChange.Pause());
        all.put("resume", new TransferChange.Resume());
        all.put("recheck", new TransferChange.Recheck());
        all.put(
                "peers",
                new TransferChange.AddPeers(List.of(PeerAddress.ip(java.net.InetAddress.getLoopbackAddress(), 1))));
        all.put("trackers", new TransferChange.AddTrackers(List.of(ANY)));
        all.put("webseeds", new TransferChange.AddWebSeeds(List.of(ANY)));
        all.put("sequential", new TransferChange.Sequential(true));
        all.put("ends", new TransferChange.FirstAndLast(true));
        all.put("superseed", new TransferChange.SuperSeed(true));
        all.put("prioritise", new TransferChange.Prioritise(Map.of(0, FilePriority.HIGH)));
        all.put("limit", new TransferChange.Limit(TransferLimits.NONE));
        all.put("force", new TransferChange.Force(true));
        all.put("top", new TransferChange.Queue(TransferChange.Queue.Place.TOP));
        all.put("move", new TransferChange.Move(folder.resolve("elsewhere" + made)));
        all.put("rename", new TransferChange.Rename("", "another" + made));
        return all;
    }

    @Test
    void theTableHasEveryChange() throws IOException {
        assertThat(changes().values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(TransferChange.class.getPermittedSubclasses());
    }

    /** What a transfer does, and what comes of changes; of others it goes on as before. */
    enum Doing {
        METADATA("metadata", "pause=paused recheck=refused prioritise=refused"),
        CHECKING("checking", "pause=paused recheck=seeding move=seeding rename=seeding"),
        DOWNLOADING("downloading", "pause=paused"),
        SEEDING("seeding", "pause=paused"),
        QUEUED("queued", "pause=paused force=downloading top=downloading"),
        PAUSED("paused", "resume=downloading"),
        MOVING("moving", "rename=refused"),
        FAILED("failed", "pause=paused move=refused rename=refused");

        final String word;
        private final String results;

        Doing(String word, String results) {
            this.word = word;
            this.results = results;
        }

        String after(String change) {
            return Arrays.stream(results.split(" "))
                    .filter(result -> result.startsWith(change + "="))
                    .map(result -> result.substring(change.length() + 1))
                    .findFirst()
                    .orElse(word);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasOneResult(Doing doing) throws Exception {
        var engine = engine("state", storage);
        if (doing == Doing.QUEUED) {
            add(engine, content(), dir("out"), false);
        }
        for (var name : changes().keySet()) {
            made++;
            var transfer = begin(engine, doing);
            awaitWord(transfer, doing, name, doing.word);
            carryOut(transfer, doing, name);
            storage.reads(true);
            remove(engine, transfer, doing, name);
            storage.moves(true);
            storage.opens(true);
        }
    }

    private void carryOut(Transfer transfer, Doing doing, String name) throws IOException {
        var done = transfer.change(changes().get(name)).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
        var expected = doing.after(name);
        if (expected.equals(REFUSED)) {
            assertThatThrownBy(done::join)
                    .as("%s while %s", name, doing)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .hasSizeGreaterThan(20);
            awaitWord(transfer, doing, name, doing.word);
        } else {
            // what waits for a check to be broken off waits for the disk
            storage.reads(!expected.equals("checking"));
            done.join();
            awaitWord(transfer, doing, name, expected);
        }
    }

    private static void remove(TestEngine engine, Transfer transfer, Doing doing, String name) {
        await(name + " while " + doing + ", then removed")
                .atMost(Duration.ofSeconds(30))
                .until(engine.engine.remove(transfer, true).toCompletableFuture()::isDone);
        assertThat(engine.engine.list()).doesNotContain(transfer);
    }

    private static void awaitWord(Transfer transfer, Doing doing, String name, String word) {
        await(name + " while " + doing + ": " + word)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> transfer.status().state().word().equals(word));
    }

    /** Each time other content. */
    private Metainfo content() throws IOException {
        return Samples.metainfo(file("in/content" + made, SIZE), Format.V1, 16_384);
    }

    private Transfer begin(TestEngine engine, Doing doing) throws Exception {
        var content = content();
        engine.set(TransferSettings.NONE);
        switch (doing) {
            case METADATA -> {
                var link = new Source.Magnet(MagnetLink.of(content.info().hashes()));
                return engine.add(link, dir("out"), Existing.KEEP_VERIFIED);
            }
            case CHECKING -> {
                storage.reads(false);
                return add(engine, content, dir("in"), false);
            }
            case SEEDING -> {
                return add(engine, content, dir("in"), false);
            }
            case QUEUED -> engine.set(new TransferSettings(new QueueLimits(1, 0, 0), 0, Duration.ZERO));
            case FAILED -> storage.opens(false);
            default -> {}
        }
        var transfer = add(engine, content, dir("out"), doing == Doing.PAUSED);
        if (doing == Doing.MOVING) {
            awaitState(transfer, "downloading");
            storage.moves(false);
            transfer.change(new TransferChange.Move(dir("first")))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
        return transfer;
    }

    private Transfer add(TestEngine engine, Metainfo content, Path where, boolean paused) {
        return engine.engine.add(new AddRequest(
                new Source.Torrent(content),
                ContentLocation.in(where),
                Existing.KEEP_VERIFIED,
                Visibility.LINK,
                List.of(),
                false,
                List.of(),
                Optional.empty(),
                paused ? AddRequest.Begin.WHEN_RESUMED : AddRequest.Begin.NOW));
    }

    /** Two at once, which meet in the midst of what the first has begun. */
    @Test
    void anyTwoChangesInARowComeToRest() throws Exception {
        var engine = engine("state", storage);
        for (var first : changes().keySet()) {
            made++;
            var transfer = add(engine, content(), dir("out"), false);
            var seconds =
                    Stream.of("pause", "recheck", "move", "rename", "resume").toList();
            for (var second : seconds) {
                made++;
                transfer.change(changes().get(first));
                transfer.change(changes().get(second));
            }
            awaitWord(transfer, Doing.DOWNLOADING, first, "downloading");
            remove(engine, transfer, Doing.DOWNLOADING, first);
        }
    }
}
