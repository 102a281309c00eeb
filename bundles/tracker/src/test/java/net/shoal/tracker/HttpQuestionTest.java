package net.shoal.tracker;

import static net.shoal.tracker.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpQuestionTest {
    private static final String HASH = "info_hash=%00%11%223DUfw%88%99%AA%BB%cc%dd%ee%ff+%20_~";
    private static final String ID = "&peer_id=-SH0100-abcdefghijkl";

    @Test
    void readsAnAnnounce() throws BadRequest {
        var question = (HttpQuestion.Announcing)
                read(
                        "/announce?" + HASH + ID
                                + "&port=6881&uploaded=0&downloaded=0&left=0&compact=1&event=completed&numwant=5&ip=1.2.3.4&no_peer_id=1");
        var announce = question.announce();
        assertThat(announce.infoHash().hex()).isEqualTo("00112233445566778899aabbccddeeff2b205f7e");
        assertThat(announce.address()).as("not what it says").isEqualTo(address("203.0.113.1"));
        assertThat(announce.port()).isEqualTo(6881);
        assertThat(announce.isSeed()).isTrue();
        assertThat(announce.event()).isEqualTo(Event.COMPLETED);
        assertThat(announce.wants()).isEqualTo(5);
        assertThat(question.isCompact()).isTrue();
        assertThat(question.withIds()).isFalse();
    }

    @Test
    void takesWhatClientsLeaveOutOrExaggerate() throws BadRequest {
        var question = (HttpQuestion.Announcing)
                read("/announce?" + HASH + ID + "&port=1&numwant=999999&compact=0&event=paused&left=&junk&=&x=%41");
        assertThat(question.announce().wants()).isEqualTo(HttpQuestion.MAX_PEERS);
        assertThat(question.announce().isSeed()).isFalse();
        assertThat(question.announce().event()).isEqualTo(Event.PAUSED);
        assertThat(question.announce().role()).isEqualTo(Role.PARTIAL_SEED);
        assertThat(question.isCompact()).isFalse();
        assertThat(question.withIds()).isTrue();
        var negative = (HttpQuestion.Announcing) read("/announce?" + HASH + ID + "&port=1&numwant=-1");
        assertThat(negative.announce().wants()).isEqualTo(HttpQuestion.USUAL_PEERS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/announce | port is missing",
                "/announce?port=0 | port must be a number from 1 to 65535",
                "/announce?port=x | port must be a number from 1 to 65535",
                "/announce?port=6881 | info_hash is missing",
                "/announce?port=6881&info_hash=abc | info_hash must be 20 bytes, percent-encoded; this one has 3",
                "/announce?port=6881&info_hash=%4 | info_hash has a % that two hexadecimal digits do not follow",
                "/announce?port=6881&info_hash=%zz | info_hash has a % that two hexadecimal digits do not follow",
                "/announce?port=6881&info_hash=aaaaaaaaaaaaaaaaaaaa | peer_id is missing",
                "/announce?port=6881&left=-1 | left must be a number from 0 to 9223372036854775807",
                "/scrape | info_hash is missing: name the torrents to be scraped, up to 74",
            })
    void saysWhatIsWrong(String target, String message) {
        assertThatThrownBy(() -> read(target)).isInstanceOf(BadRequest.class).hasMessage(message);
    }

    @Test
    void scrapesUpToSoManyTorrents() throws BadRequest {
        var one = "info_hash=aaaaaaaaaaaaaaaaaaaa&";
        assertThat(((HttpQuestion.Scraping) read("/scrape?" + one.repeat(74))).infoHashes())
                .hasSize(74);
        assertThatThrownBy(() -> read("/scrape?" + one.repeat(75)))
                .hasMessage("up to 74 torrents can be scraped at a time, not 75");
        assertThatThrownBy(() -> read("/scrape?" + one.repeat(500))).hasMessage("a request has up to 200 parameters");
    }

    @Test
    void knowsItsOtherPages() throws BadRequest {
        assertThat(read("/")).isInstanceOf(HttpQuestion.Home.class);
        assertThat(read("/?x=1")).isInstanceOf(HttpQuestion.Home.class);
        assertThat(read("/stats")).isInstanceOf(HttpQuestion.Unknown.class);
        assertThat(read("*")).isInstanceOf(HttpQuestion.Unknown.class);
    }

    private static HttpQuestion read(String target) throws BadRequest {
        return HttpQuestion.read(target, address("203.0.113.1"));
    }
}
