package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/** Private torrents are looked for at their trackers alone (BEP 27). */
class PrivateTransferTest extends EnginesTest {
    /** Notes what it is asked for, and names the peers it was made with. */
    private static final class Rumour implements Discovery {
        final List<Wanted> asked = Collections.synchronizedList(new ArrayList<>());
        final List<Wanted> ended = Collections.synchronizedList(new ArrayList<>());
        private final boolean isTracker;
        private final List<PeerAddress> names;

        Rumour(boolean isTracker, PeerAddress... names) {
            this.isTracker = isTracker;
            this.names = List.of(names);
        }

        @Override
        public String name() {
            return isTracker ? "tracker" : "rumour";
        }

        @Override
        public boolean asksTrackersAlone() {
            return isTracker;
        }

        @Override
        public DiscoverySession discover(Wanted wanted, PeerSink sink) {
            asked.add(wanted);
            sink.found(names);
            return new DiscoverySession() {
                @Override
                public void update(Progress progress) {}

                @Override
                public List<DiscoveryStatus> status() {
                    return List.of();
                }

                @Override
                public void close() {
                    ended.add(wanted);
                }
            };
        }
    }

    private Metainfo sharedBy(TestEngine seeder) throws IOException {
        var file = file("in/secret.bin", 300_000);
        var metainfo = Samples.metainfo(file, Format.HYBRID, 32_768, true);
        awaitState(seeder.add(new Source.Torrent(metainfo), dir("in"), Existing.TRUSTED), "seeding");
        return metainfo;
    }

    @Test
    void nobodyButTrackersIsAsked() throws IOException {
        var seeder = engine("a");
        var metainfo = sharedBy(seeder);
        var leecher = engine("b");
        var rumour = new Rumour(false, seeder.network.address());
        var tracker = new Rumour(true, seeder.network.address());
        leecher.parts.discoveries().add(rumour);
        leecher.parts.discoveries().add(tracker);
        var transfer = leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
        awaitState(transfer, "seeding");
        assertThat(rumour.asked).isEmpty();
        assertThat(tracker.asked).isNotEmpty();
    }

    /** Before that nobody can know. */
    @Test
    void whoWasAskedBeforeTheInfoDictionaryCameIsNotAnyMore() throws IOException {
        var seeder = engine("a");
        var metainfo = sharedBy(seeder);
        var leecher = engine("b");
        var rumour = new Rumour(false);
        leecher.parts.discoveries().add(rumour);
        leecher.parts.discoveries().add(new Rumour(true, seeder.network.address()));
        var transfer = leecher.add(
                new Source.Magnet(MagnetLink.of(metainfo.info().hashes())), dir("out"), Existing.KEEP_VERIFIED);
        awaitState(transfer, "seeding");
        assertThat(rumour.asked).isNotEmpty().noneMatch(Wanted::isPrivateKnown);
        await().atMost(SOON).untilAsserted(() -> assertThat(rumour.ended).hasSameSizeAs(rumour.asked));
    }

    @Test
    void aPeerThatAUserAddsIsRefusedInWords() throws Exception {
        var seeder = engine("a");
        var transfer = engine("b").add(new Source.Torrent(sharedBy(seeder)), dir("out"), Existing.KEEP_VERIFIED);
        awaitState(transfer, "downloading");
        var added = transfer.change(new TransferChange.AddPeers(List.of(seeder.network.address())))
                .toCompletableFuture();
        assertThatThrownBy(added::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("private")
                .hasMessageContaining("trackers alone");
        assertThat(transfer.status().knownPeers()).isZero();
    }
}
