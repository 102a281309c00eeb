package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.api.Test;

/** A private torrent has the peers of its tracker alone (BEP 27). */
class PrivateScenario {
    private static Simulation guarded(long seed) {
        return swarm(seed)
                .ofPrivateTorrents()
                .content(Format.HYBRID, 64 * KIB, MIB)
                .strangers();
    }

    @Test
    void onlyThoseThatATrackerNamesAreDialled() {
        var sim = guarded(121);
        var node = sim.leecher();
        var named = sim.fakePeer();
        var found = sim.fakePeer();
        var typed = sim.fakePeer();
        node.swarm().found(List.of(found.address()));
        node.swarm().foundByUser(List.of(typed.address()));
        node.swarm().foundByTracker(List.of(named.address()));
        sim.runFor(Duration.ofMinutes(1));
        assertThat(named.sessions()).hasSize(1);
        assertThat(found.sessions()).isEmpty();
        assertThat(typed.sessions()).isEmpty();
        sim.close();
    }

    /** By a magnet link nobody knows before the info dictionary is there. */
    @Test
    void whenATorrentTurnsOutToBePrivateThePeersOfOtherSourcesAreLeft() {
        var sim = guarded(122).extension(new MetadataByHand());
        var node = sim.magnetLeecher();
        var found = sim.fakePeer();
        var typed = sim.fakePeer();
        var waiting = sim.fakePeer();
        node.swarm().found(List.of(found.address()));
        node.swarm().foundByUser(List.of(typed.address()));
        sim.runFor(Duration.ofSeconds(5));
        assertThat(found.sessions()).hasSize(1);
        assertThat(typed.sessions()).hasSize(1);
        var seed = sim.seed();
        node.swarm().foundByTracker(List.of(seed.address()));
        sim.untilComplete(Duration.ofMinutes(1));
        node.swarm().found(List.of(waiting.address()));
        sim.runFor(Duration.ofMinutes(15));
        assertThat(found.sessions()).isEmpty();
        assertThat(typed.sessions()).isEmpty();
        assertThat(waiting.heard()).isEmpty();
        assertThat(found.goodbyes()).hasSize(1).first().asString().contains("private");
        sim.close();
    }

    @Test
    void whatATrackerNamesAsWellStays() {
        var sim = guarded(123).extension(new MetadataByHand());
        var node = sim.magnetLeecher();
        var peer = sim.fakePeer();
        node.swarm().found(List.of(peer.address()));
        node.swarm().foundByTracker(List.of(peer.address()));
        sim.runFor(Duration.ofSeconds(5));
        var seed = sim.seed();
        node.swarm().foundByTracker(List.of(seed.address()));
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(peer.sessions()).hasSize(1);
        sim.close();
    }

    @Test
    void whenAnotherTrackerTakesOverThePeersOfTheFirstAreLeft() {
        var sim = guarded(124);
        var node = sim.leecher();
        var first = sim.fakePeer();
        var second = sim.fakePeer();
        node.swarm().foundByTracker(List.of(first.address()));
        sim.runFor(Duration.ofSeconds(5));
        node.swarm().forgetPeers();
        node.swarm().foundByTracker(List.of(second.address()));
        sim.runFor(Duration.ofMinutes(2));
        assertThat(first.sessions()).isEmpty();
        assertThat(second.sessions()).hasSize(1);
        sim.close();
    }
}
