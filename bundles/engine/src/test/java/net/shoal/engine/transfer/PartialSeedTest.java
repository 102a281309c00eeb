package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.api.Test;

/** A transfer that has all it wants, and not everything (BEP 21). */
class PartialSeedTest extends EnginesTest {
    private static final int PIECE = 16_384;

    /** Keeps what it was told last. */
    private static final class Listener implements Discovery {
        final AtomicReference<Optional<Progress>> last = new AtomicReference<>(Optional.empty());

        @Override
        public String name() {
            return "listener";
        }

        @Override
        public DiscoverySession discover(Wanted wanted, PeerSink sink) {
            return new DiscoverySession() {
                @Override
                public void update(Progress progress) {
                    last.set(Optional.of(progress));
                }

                @Override
                public List<DiscoveryStatus> status() {
                    return List.of();
                }

                @Override
                public void close() {}
            };
        }

        void awaitMissing(long left, long missing) {
            await().atMost(SOON).untilAsserted(() -> assertThat(last.get()).hasValueSatisfying(progress -> {
                assertThat(progress.left()).isEqualTo(left);
                assertThat(progress.missing()).isEqualTo(missing);
            }));
        }
    }

    private static void prioritise(Transfer transfer, FilePriority second) throws Exception {
        transfer.change(new TransferChange.Prioritise(Map.of(1, second)))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void tellsWhatIsLeftOfWhatItWantsAndOfAll() throws Exception {
        var seeder = engine("a");
        file("in/stuff/one", 10 * PIECE);
        file("in/stuff/two", 6 * PIECE);
        var metainfo = share(seeder, folder.resolve("in/stuff"), Format.V1, PIECE);
        var leecher = engine("b");
        var listener = new Listener();
        leecher.parts.discoveries().add(listener);
        var transfer = leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
        awaitState(transfer, "downloading");
        prioritise(transfer, FilePriority.SKIP);
        listener.awaitMissing(10 * PIECE, 16 * PIECE);
        transfer.change(new TransferChange.AddPeers(List.of(seeder.network.address())));
        awaitState(transfer, "seeding");
        listener.awaitMissing(0, 6 * PIECE);
        assertThat(listener.last.get()).hasValueSatisfying(progress -> assertThat(progress.isPartialSeed())
                .isTrue());
        prioritise(transfer, FilePriority.NORMAL);
        awaitState(transfer, "seeding");
        listener.awaitMissing(0, 0);
        assertThat(listener.last.get())
                .hasValueSatisfying(progress -> assertThat(progress.isSeed()).isTrue());
    }
}
