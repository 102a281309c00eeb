package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import net.shoal.base.metainfo.MagnetLink.HostPort;
import net.shoal.base.model.InfoHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagnetLinkTest {
    private static final String V1 = "1da9afc009da5d751af75175cf99c78aa54656e6";
    private static final String V2 = "593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5";

    @Test
    void readsAllThatALinkCanSay() {
        var link = MagnetLink.parse("magnet:?xt=urn:btih:" + V1 + "&xt=urn:btmh:1220" + V2
                + "&dn=gr%C3%B6%C3%9Fe+a%2Bb&xl=12345&tr=http%3A%2F%2Ft.example%2Fannounce%3Fk%3Da%2Bb&tr=udp://u.example:80"
                + "&ws=http%3A%2F%2Fs.example%2Fa%20b&x.pe=10.77.0.1:6881&x.pe=%5B%3A%3A1%5D%3A6882&x.pe=host.example:1"
                + "&so=0,2,4-6&foo=bar&x.sid=whatever");
        assertThat(link.hashes().v1().map(InfoHash::hex)).contains(V1);
        assertThat(link.hashes().v2().map(InfoHash::hex)).contains(V2);
        assertThat(link.name()).contains("größe a+b");
        assertThat(link.length()).hasValue(12_345);
        assertThat(link.trackers())
                .containsExactly(URI.create("http://t.example/announce?k=a+b"), URI.create("udp://u.example:80"));
        assertThat(link.webSeeds()).containsExactly(URI.create("http://s.example/a%20b"));
        assertThat(link.peers())
                .containsExactly(
                        new HostPort("10.77.0.1", 6881), new HostPort("::1", 6882), new HostPort("host.example", 1));
        assertThat(link.selectOnly()).containsExactly(0, 2, 4, 5, 6);
    }

    @Test
    void whatItWritesItReads() {
        var link = MagnetLink.parse(
                "magnet:?xt=urn:btih:" + V1 + "&xt=urn:btmh:1220" + V2
                        + "&dn=a%26b%3D%25+%E6%97%A5%E6%9C%AC&xl=1&tr=udp://u.example:80/a?b=c%2526&ws=http://s.example/&x.pe=[fe80::1%25eth0]:1&so=9,1-3,2");
        assertThat(link.name()).contains("a&b=% 日本");
        assertThat(MagnetLink.parse(link.toString())).isEqualTo(link);
        assertThat(link.toString())
                .startsWith("magnet:?xt=urn:btih:" + V1 + "&xt=urn:btmh:1220" + V2
                        + "&dn=a%26b%3D%25%20%E6%97%A5%E6%9C%AC&xl=1&tr=udp%3A%2F%2F")
                .endsWith("&so=1-3,9")
                .matches("[ -~]+");
    }

    @Test
    void describesATorrent() throws Exception {
        var metainfo = Golden.read("libtorrent-hybrid-folder");
        var link = MagnetLink.of(metainfo, List.of(new HostPort("::1", 6881)));
        assertThat(link)
                .hasToString("magnet:?xt=urn:btih:197f3aa1d95a2271f6b8c15ef1b910aa06a03dba"
                        + "&xt=urn:btmh:1220d1efd06582fa3799c7f376ed47b7e173a18edf4072ec33346e6426b1bf9b0cf0"
                        + "&dn=golden&xl=189167&tr=http%3A%2F%2Ftracker.example%2Fannounce&tr=udp%3A%2F%2Ftracker.example%3A80"
                        + "&ws=http%3A%2F%2Fseed.example%2Ffiles%2F&x.pe=[::1]:6881");
        assertThat(MagnetLink.of(metainfo.info().hashes()).toString()).doesNotContain("dn=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "magnet:?xt=urn:btih:1DA9AFC009DA5D751AF75175CF99C78AA54656E6",
                "MAGNET:?XT=URN:BTIH:1da9afc009da5d751af75175cf99c78aa54656e6",
                "  magnet:?xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6\n",
                "magnet:?xt=urn:btih:DWU27QAJ3JOXKGXXKF247GOHRKSUMVXG",
                "magnet:?xt=urn:btih:dwu27qaj3joxkgxxkf247gohrksumvxg",
                "magnet:?dn=x&amp;xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&amp;tr=",
                "magnet:?xt.1=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&xt.2=urn:sha1:YNCKHTQCWBTRNJIV4WNAE52SJUQCZO5C",
                "magnet:?xt=urn%3Abtih%3A1da9afc009da5d751af75175cf99c78aa54656e6",
                "magnet:?&&=&x&xt=&xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&xl=many&x.pe=nowhere&x.pe=::1:5&tr=%zz&ws=x&so="
            })
    void readsWhatOthersWrite(String text) {
        var link = MagnetLink.parse(text);
        assertThat(link.hashes().hex()).isEqualTo(V1);
        assertThat(link.trackers()).isEmpty();
        assertThat(link.peers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://example.com/x.torrent | begins with magnet:?",
                "'' | begins with magnet:?",
                "magnet: | begins with magnet:?",
                "magnet:? | names no torrent",
                "magnet:?dn=x | names no torrent",
                "magnet:?xt=urn:sha1:YNCKHTQCWBTRNJIV4WNAE52SJUQCZO5C | names no torrent",
                "magnet:?xt=urn:btih:1da9 | 40 hexadecimal digits",
                "magnet:?xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656eg | 40 hexadecimal digits",
                "magnet:?xt=urn:btih:DWU27QAJ3JOXKGXXKF247GOHRKSUMVX1 | is base32",
                "magnet:?xt=urn:btmh:1220593b | 64 hexadecimal digits",
                "magnet:?xt=urn:btmh:1114593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5 | is 1220 and",
                "magnet:?xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&xt=urn:btih:0da9afc009da5d751af75175cf99c78aa54656e6 | two different",
                "magnet:?xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&so=1-x | numbers and ranges",
                "magnet:?xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&so=5-4 | goes upwards",
                "magnet:?xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&so=0-999999999 | at most 100000",
                "magnet:?xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6&so=0-99998,200000-299999 | at most 100000"
            })
    void refusesWithASentence(String text, String expected) {
        assertThatThrownBy(() -> MagnetLink.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageEndingWith(".");
    }

    @Test
    void takesNoMoreAddressesThanAnyoneNeeds() {
        var link = new StringBuilder("magnet:?xt=urn:btih:" + V1);
        for (int i = 1; i < 1000; i++) {
            link.append("&tr=udp://t")
                    .append(i)
                    .append(".example:1&x.pe=10.0.0.1:")
                    .append(i);
        }
        assertThat(MagnetLink.parse(link.toString()).trackers()).hasSize(256);
        assertThat(MagnetLink.parse(link.toString()).peers()).hasSize(256);
        assertThatThrownBy(() -> MagnetLink.parse(link + "&dn=" + "x".repeat(300_000)))
                .hasMessageContaining("at most 262144");
    }

    @ParameterizedTest
    @CsvSource({
        "1da9afc009da5d751af75175cf99c78aa54656e6, 1da9afc009da5d751af75175cf99c78aa54656e6",
        "1DA9AFC009DA5D751AF75175CF99C78AA54656E6, 1da9afc009da5d751af75175cf99c78aa54656e6",
        "DWU27QAJ3JOXKGXXKF247GOHRKSUMVXG, 1da9afc009da5d751af75175cf99c78aa54656e6",
        "593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5, 593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5",
        "1220593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5, 593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5"
    })
    void readsABareInfohash(String text, String hex) {
        assertThat(MagnetLink.parseInfoHash(text).hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1da9",
                "zzz9afc009da5d751af75175cf99c78aa54656e6",
                "README",
                "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠"
            })
    void refusesWhatIsNoInfohash(String text) {
        assertThatThrownBy(() -> MagnetLink.parseInfoHash(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("infohash");
    }

    @ParameterizedTest
    @CsvSource({
        "10.77.0.1:6881, 10.77.0.1",
        "[::1]:6881, ::1",
        "host.example:6881, host.example",
        "bücher.example:6881, bücher.example"
    })
    void readsAnAddress(String text, String host) {
        var address = HostPort.parse(text);
        assertThat(address).isEqualTo(new HostPort(host, 6881)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                ":1",
                "host:0",
                "host:65536",
                "host:-1",
                "::1:6881",
                "[x]:1",
                "a b:1",
                "host:1/",
                "[::1]",
                "user@host:1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOST:PORT");
    }
}
