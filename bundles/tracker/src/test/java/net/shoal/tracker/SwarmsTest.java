package net.shoal.tracker;

import static net.shoal.tracker.Samples.LIMITS;
import static net.shoal.tracker.Samples.TORRENT;
import static net.shoal.tracker.Samples.address;
import static net.shoal.tracker.Samples.announce;
import static net.shoal.tracker.Samples.hash;
import static net.shoal.tracker.Samples.swarms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SwarmsTest {
    private static final List<Family> BOTH = List.of(Family.IPV4, Family.IPV6);

    private final Swarms swarms = swarms(LIMITS);

    @Test
    void givesPeersEachOthersAddressesButNotTheirOwn() throws BadRequest {
        assertThat(tell("10.0.0.1", 1, false, Event.STARTED).ipv4()).isEmpty();
        var told = tell("10.0.0.2", 2, false, Event.STARTED);
        assertThat(told.ipv4()).extracting(Peer::port).containsExactly(1);
        assertThat(told.counts()).isEqualTo(new SwarmCounts(0, 0, 2, 2));
    }

    @Test
    void givesSeedsOtherSeedsLast() throws BadRequest {
        tell("10.0.0.1", 1, true, Event.STARTED);
        tell("10.0.0.2", 2, false, Event.STARTED);
        assertThat(tell("10.0.0.3", 3, true, Event.STARTED).ipv4())
                .extracting(Peer::port)
                .containsExactly(2, 1);
        assertThat(tell("10.0.0.4", 4, false, Event.STARTED).ipv4()).hasSize(3);
    }

    @Test
    void keepsFamiliesApartAndCountsAPeerOfBothOnce() throws BadRequest {
        tell("10.0.0.1", 1, true, Event.STARTED);
        tell("2001:db8::1", 1, true, Event.STARTED);
        var told = tell("10.0.0.2", 2, false, Event.STARTED);
        assertThat(told.ipv4()).extracting(Peer::address).containsExactly(address("10.0.0.1"));
        assertThat(told.ipv6()).extracting(Peer::address).containsExactly(address("2001:db8::1"));
        assertThat(told.counts()).isEqualTo(new SwarmCounts(1, 0, 1, 1));
        tell("10.0.0.1", 1, true, Event.STOPPED);
        assertThat(swarms.scrape(TORRENT, 0).seeds()).isEqualTo(1);
        tell("2001:db8::1", 1, true, Event.STOPPED);
        assertThat(swarms.scrape(TORRENT, 0).seeds()).isZero();
    }

    @Test
    void countsACompletionOnceHoweverOftenItIsTold() throws BadRequest {
        tell("10.0.0.1", 1, false, Event.STARTED);
        tell("10.0.0.1", 1, true, Event.COMPLETED);
        tell("10.0.0.1", 1, true, Event.COMPLETED);
        tell("2001:db8::1", 1, true, Event.COMPLETED);
        tell("10.0.0.2", 2, false, Event.COMPLETED);
        assertThat(swarms.scrape(TORRENT, 0)).isEqualTo(new SwarmCounts(1, 1, 1, 1));
    }

    @Test
    void tellsPartialSeedsFromDownloaders() throws BadRequest {
        tell("10.0.0.1", 1, false, Event.STARTED);
        tell("10.0.0.2", 2, false, Event.PAUSED);
        tell("2001:db8::2", 2, false, Event.PAUSED);
        assertThat(swarms.scrape(TORRENT, 0)).isEqualTo(new SwarmCounts(0, 0, 2, 1));
        tell("10.0.0.2", 2, false, Event.NONE);
        tell("2001:db8::2", 2, false, Event.NONE);
        assertThat(swarms.scrape(TORRENT, 0)).as("it wants more").isEqualTo(new SwarmCounts(0, 0, 2, 2));
        tell("10.0.0.2", 2, true, Event.COMPLETED);
        assertThat(swarms.scrape(TORRENT, 0)).isEqualTo(new SwarmCounts(1, 1, 1, 1));
    }

    @Test
    void givesPartialSeedsThoseFirstWhoWantSomething() throws BadRequest {
        tell("10.0.0.1", 1, false, Event.PAUSED);
        tell("10.0.0.2", 2, true, Event.STARTED);
        tell("10.0.0.3", 3, false, Event.STARTED);
        assertThat(tell("10.0.0.4", 4, false, Event.PAUSED).ipv4())
                .extracting(Peer::port)
                .hasSize(3)
                .startsWith(3);
        assertThat(tell("10.0.0.5", 5, false, Event.STARTED).ipv4()).hasSize(4);
    }

    @Test
    void forgetsWhoStopsAndWhoFallsSilent() throws BadRequest {
        tell("10.0.0.1", 1, false, Event.STARTED);
        tell("10.0.0.2", 2, false, Event.STARTED);
        assertThat(tell("10.0.0.1", 1, false, Event.STOPPED).ipv4()).isEmpty();
        assertThat(swarms.scrape(TORRENT, LIMITS.lifeMillis() - 1).leechers()).isEqualTo(1);
        assertThat(swarms.scrape(TORRENT, LIMITS.lifeMillis()).leechers()).isZero();
        swarms.sweep(LIMITS.lifeMillis());
        assertThat(swarms.size()).isZero();
        assertThat(swarms.peers()).isZero();
    }

    @Test
    void remembersNothingOfWhoStopsUnknown() throws BadRequest {
        tell("10.0.0.1", 1, false, Event.STOPPED);
        assertThat(swarms.size()).isZero();
    }

    @Test
    void keepsPeersOfClientsThatAnnounceEveryFiveMinutes() {
        assertThat(LIMITS.lifeMillis()).isGreaterThan(2 * 300_000);
        assertThat(new Limits(1_800, 1, 1, 1, 1).lifeMillis()).isEqualTo(3_600_000);
    }

    @Test
    void drawsAtRandomNoMoreThanWanted() throws BadRequest {
        for (int port = 1; port <= 150; port++) {
            tell("10.0.0.1", port, false, Event.STARTED);
        }
        var seen = new HashSet<Integer>();
        for (int round = 0; round < 50; round++) {
            var told = tell("10.0.0.2", 1_000, false, Event.NONE).ipv4();
            assertThat(told).hasSize(50).doesNotHaveDuplicates();
            told.forEach(peer -> seen.add(peer.port()));
        }
        assertThat(seen).hasSize(150);
    }

    @Test
    void boundsSwarmsAndForgetsTheIdlest() throws BadRequest {
        for (int i = 0; i < LIMITS.swarms(); i++) {
            swarms.announce(announce(hash(i), "10.0.0.1", 1, false, Event.STARTED), BOTH, 0);
        }
        swarms.announce(announce(hash(0), "10.0.0.1", 1, false, Event.NONE), BOTH, 1);
        swarms.announce(announce(hash(999_999), "10.0.0.1", 1, false, Event.STARTED), BOTH, 2);
        assertThat(swarms.size()).isEqualTo(LIMITS.swarms());
        assertThat(swarms.scrape(hash(0), 2).leechers()).isEqualTo(1);
        assertThat(swarms.scrape(hash(1), 2).leechers()).isZero();
    }

    @Test
    void boundsPeersOfASwarmOfAnAddressAndInAll() throws BadRequest {
        var small = swarms(new Limits(90, 100, 30, 10, 3));
        for (int i = 0; i < 50; i++) {
            small.announce(announce("10.0.0." + i, 1_000 + i, false, Event.STARTED), BOTH, i);
        }
        assertThat(small.scrape(TORRENT, 50).leechers()).isEqualTo(10);
        for (int torrent = 1; torrent < 20; torrent++) {
            for (int i = 0; i < 5; i++) {
                small.announce(announce(hash(torrent), "10.0.0." + i, 1, false, Event.STARTED), BOTH, 60);
            }
        }
        assertThat(small.peers()).isLessThanOrEqualTo(30);
        for (int port = 1; port <= 3; port++) {
            small.announce(announce(hash(77), "2001:db8::" + port, port, false, Event.STARTED), BOTH, 70);
        }
        assertThatThrownBy(() -> small.announce(announce(hash(77), "2001:db8::4", 4, false, Event.STARTED), BOTH, 70))
                .isInstanceOf(BadRequest.class)
                .hasMessage("too many peers of this torrent announce from your address");
    }

    @Test
    void tellsOthersOfAPeerOnThisMachineByTheMachinesAddress() throws BadRequest {
        var own = new Swarms(
                LIMITS, family -> Optional.of(address("10.0.0.9")).filter(a -> family == Family.IPV4), new Random(1));
        own.announce(announce("127.0.0.1", 1, true, Event.STARTED), BOTH, 0);
        own.announce(announce("::1", 1, true, Event.STARTED), BOTH, 0);
        var far = own.announce(announce("10.0.0.2", 2, false, Event.STARTED), BOTH, 0);
        assertThat(far.ipv4()).extracting(Peer::address).containsExactly(address("10.0.0.9"));
        assertThat(far.ipv6()).isEmpty();
        var near = own.announce(announce("127.0.0.1", 3, false, Event.STARTED), BOTH, 0);
        assertThat(near.ipv4()).extracting(Peer::address).contains(address("127.0.0.1"), address("10.0.0.2"));
        assertThat(near.ipv6()).hasSize(1);
    }

    private Swarms.Told tell(String address, int port, boolean isSeed, Event event) throws BadRequest {
        return swarms.announce(announce(address, port, isSeed, event), BOTH, 0);
    }
}
