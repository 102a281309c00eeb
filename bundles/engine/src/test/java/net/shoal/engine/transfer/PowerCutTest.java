package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.Transfer;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.conformance.disk.FragileDisk;
import net.shoal.engine.limits.SwarmLimits;
import net.shoal.engine.testing.Campaign;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/**
 * A download whose power is cut at random points, on a disk that keeps what it likes of what was not synced: what the node says it has is
 * there, each time, and what it took down as complete is. Reads the pieces itself, to judge.
 */
class PowerCutTest extends EnginesTest {
    private static final int PIECE = 1 << 16;
    private static final int CALLS_AT_MOST = 300;
    private static final int SOON = 20;
    /** Power cuts that one disk goes through at most. */
    private static final int LIVES = 12;

    private static final List<Format> FORMATS = List.of(Format.V1, Format.V2, Format.HYBRID);
    private final SplittableRandom random = new SplittableRandom(Campaign.seed());
    private int points;
    private int claimed;
    private int lost;
    private int completed;

    @Test
    void whatANodeSaysItHasIsThereAfterAPowerCut() throws Exception {
        int all = Campaign.rounds(500, 25);
        file("in/stuff/a.bin", 5 * PIECE + 1234);
        file("in/stuff/deep/b.bin", 3 * PIECE);
        file("in/stuff/deep/c.bin", 777);
        var last = file("in/stuff/d.bin", 9 * PIECE + 4321);
        var seeder = engine("seeder");
        for (int i = 0; points < all; i++) {
            var format = FORMATS.get(i % FORMATS.size());
            var metainfo = share(seeder, last.getParent(), format, PIECE);
            new Trial(seeder, metainfo).run(all);
            seeder.engine
                    .remove(seeder.engine.list().get(0), false)
                    .toCompletableFuture()
                    .get();
        }
        System.out.printf(
                "power cuts: %d points, %d claims on pieces, 0 wrong, %d pieces that were verified to be had again,"
                        + " %d cuts after completion%n",
                points, claimed, lost, completed);
        assertThat(claimed).isPositive();
    }

    private final class Trial {
        private final TestEngine seeder;
        private final Metainfo metainfo;
        private final FragileDisk disk = new FragileDisk();
        /** Some disks are slow, and some nodes sync seldom: then they have saved more than they have synced. */
        private final int writeMillis = 1 + random.nextInt(30);

        private final SyncRule rule =
                random.nextBoolean() ? SyncRule.DEFAULT : new SyncRule(4 * PIECE, Duration.ofMillis(40));

        Trial(TestEngine seeder, Metainfo metainfo) {
            this.seeder = seeder;
            this.metainfo = metainfo;
        }

        void run(int until) throws Exception {
            for (int life = 0; life < LIVES && points < until; life++) {
                if (live()) {
                    break;
                }
            }
            disk.faults((call, path, number) -> {});
            var engine = start();
            awaitState(download(engine), "seeding");
            check(engine.engine.list().get(0));
            stop(engine);
        }

        /** @return true if it was complete before the power went */
        private boolean live() throws Exception {
            var off = new CountDownLatch(1);
            var end = new AtomicLong(
                    disk.calls() + 1 + random.nextInt(random.nextBoolean() ? CALLS_AT_MOST : CALLS_AT_MOST / 10));
            var soonAfterASave = new AtomicBoolean(random.nextInt(3) == 0);
            if (soonAfterASave.get()) {
                end.addAndGet(4 * CALLS_AT_MOST);
            }
            int soon = 1 + random.nextInt(SOON);
            disk.faults((call, path, number) -> {
                if (call == FragileDisk.Call.RENAME
                        && path.endsWith("progress.new")
                        && soonAfterASave.getAndSet(false)) {
                    end.set(number + soon);
                }
                if (number >= end.get()) {
                    off.countDown();
                    throw new IOException("the power goes");
                }
                if (call == FragileDisk.Call.WRITE) {
                    pause();
                }
            });
            var engine = start();
            var transfer = download(engine);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(2))
                    .untilAsserted(() -> assertThat(off.getCount() == 0 || isComplete(transfer))
                            .as("the power is off or it is complete: %s", transfer.status())
                            .isTrue());
            // without its state it is complete as well, but does not claim to know so the next time
            boolean complete = isComplete(transfer) && engine.engine.unsaved().isEmpty();
            if (complete && random.nextBoolean()) {
                off.await(random.nextInt(500), TimeUnit.MILLISECONDS);
            }
            disk.cutPower(random);
            long before = transfer.status().done();
            stop(engine);
            disk.faults((call, path, number) -> {});
            points++;
            checkAfter(before);
            return complete;
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(writeMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private TestEngine start() {
            try {
                var boot = disk.path("/proc/sys/kernel/random/boot_id");
                Files.createDirectories(boot.getParent());
                Files.writeString(boot, "boot " + random.nextLong());
            } catch (IOException e) {
                // the power went at once
            }
            var limits = new SwarmLimits(50, 8, 0, 4 << 20, 4 << 20);
            return keep(new TestEngine(disk.path("/home/state/transfers"), RealFiles.storage(), limits, rule));
        }

        private Transfer download(TestEngine engine) {
            return engine.add(
                    new Source.Torrent(metainfo),
                    disk.path("/home/downloads"),
                    Existing.KEEP_VERIFIED,
                    seeder.network.address());
        }

        private void checkAfter(long before) throws Exception {
            boolean complete = isSavedAsSynced();
            var engine = start();
            var transfer = engine.engine.list().stream().findFirst();
            if (transfer.isPresent()) {
                await().atMost(Duration.ofSeconds(30)).until(() -> isOpen(transfer.get()));
                var have = check(transfer.get());
                if (complete) {
                    completed++;
                    assertThat(have.isFull())
                            .as(
                                    "what was complete is: %s of %d, %s",
                                    transfer.get().status().state(), have.cardinality(), have)
                            .isTrue();
                }
                lost += Math.max(0, (int) ((before - transfer.get().status().done()) / PIECE));
            } else {
                assertThat(complete).as("what was complete is known").isFalse();
            }
            stop(engine);
        }

        private boolean isSavedAsSynced() throws Exception {
            var saved = new TransferFolder(
                    disk.path("/home/state/transfers", metainfo.info().hashes().hex()));
            int count = metainfo.info().layout().pieceCount();
            return saved.isKnown()
                    && saved.load()
                            .pieces()
                            .synced()
                            .filter(pieces -> pieces.count() == count)
                            .isPresent();
        }

        private Bitfield check(Transfer transfer) throws Exception {
            var have = transfer.details()
                    .toCompletableFuture()
                    .get()
                    .pieces()
                    .orElseGet(() -> new Bitfield(metainfo.info().layout().pieceCount()));
            var storage = RealFiles.storage();
            var location = ContentLocation.in(disk.path("/home/downloads"));
            try (var store = storage.open(metainfo.info(), location, true);
                    var original = storage.open(metainfo.info(), ContentLocation.in(folder.resolve("in")), true)) {
                for (int piece = have.nextSet(0); piece >= 0; piece = have.nextSet(piece + 1)) {
                    claimed++;
                    int length = metainfo.info().layout().lengthOf(piece);
                    var there = ByteBuffer.allocate(length);
                    var right = ByteBuffer.allocate(length);
                    store.read(piece, 0, there);
                    original.read(piece, 0, right);
                    assertThat(there.flip().equals(right.flip()))
                            .as("piece %d after %d points (seed %d)", piece, points, Campaign.seed())
                            .isTrue();
                }
            }
            return have;
        }
    }

    private static boolean isComplete(Transfer transfer) {
        return transfer.status().state().word().equals("seeding");
    }

    private static boolean isOpen(Transfer transfer) {
        var word = transfer.status().state().word();
        return !word.equals("checking") && !word.equals("metadata") && !word.equals("queued");
    }
}
