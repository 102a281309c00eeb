package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedLinkTest {
    private static final String KEY = "8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e";

    @Test
    void keyAndSaltAreRead() {
        var link = PublishedLink.parse("magnet:?xs=urn:btpk:" + KEY + "&s=6e&dn=a+b&tr=udp%3A%2F%2Ft%3A1")
                .orElseThrow();

        assertThat(HexFormat.of().formatHex(link.publicKey().toBytes())).isEqualTo(KEY);
        assertThat(link.salt().text()).isEqualTo("n");
        var named =
                link.naming(BDict.builder().put("ih", BString.of(new byte[20])).build());
        assertThat(named.hashes().hex()).isEqualTo("0".repeat(40));
        assertThat(named.name()).contains("a b");
        assertThat(named.trackers()).hasSize(1);
    }

    @Test
    void linksThatNameATorrentAreNone() {
        assertThat(PublishedLink.parse("magnet:?xt=urn:btih:" + "a".repeat(40) + "&xs=urn:btpk:" + KEY))
                .isEmpty();
        assertThat(PublishedLink.parse("magnet:?xs=https://example.org/x.torrent"))
                .isEmpty();
        assertThat(PublishedLink.parse("https://example.org/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"magnet:?xs=urn:btpk:12", "magnet:?xs=urn:btpk:" + KEY + "&s=6", "magnet:?xs=urn:btpk:zz" + KEY})
    void whatIsWrongIsSaid(String link) {
        assertThatThrownBy(() -> PublishedLink.parse(link))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hexadecimal digits");
    }

    @Test
    void anItemWithoutAnInfohashNamesNothing() {
        var link = PublishedLink.parse("magnet:?xs=urn:btpk:" + KEY).orElseThrow();

        assertThatThrownBy(() -> link.naming(BString.of("hello")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no torrent");
    }
}
