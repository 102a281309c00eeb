package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.FileEntry.Attribute;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetainfoReaderTest {
    @ParameterizedTest
    @CsvSource({
        "libtorrent-v1-folder, 1da9afc009da5d751af75175cf99c78aa54656e6,",
        "libtorrent-v1-single, d7678e950e179ffc4c4cb8d16dc8c5f5d617a15c,",
        "libtorrent-v2-folder, , 593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5",
        "libtorrent-v2-single, , 5cf961d01528a184f932ecb33ca4c63dea660e20052236c9b863cd073c322fb9",
        "libtorrent-hybrid-folder, 197f3aa1d95a2271f6b8c15ef1b910aa06a03dba, d1efd06582fa3799c7f376ed47b7e173a18edf4072ec33346e6426b1bf9b0cf0",
        "libtorrent-hybrid-single, a69d8f99f866421173fbe8fb433dd1f88da87a69, 429dd3512cc0861ed29f8b85c251debf78cfa9418f50c265b5bec9fab4815438",
        "mktorrent-v1-folder, 1a2cadeb6838769a570e04bb3f07441f6316bc26,",
        "mktorrent-v1-single, 83beb48d89ad9a883606e93f99b8b8c59ae0c0c5,"
    })
    void findsTheInfohashesThatOthersFind(String name, String v1, String v2) throws Exception {
        var hashes = Golden.read(name).info().hashes();
        assertThat(hashes.v1().map(InfoHash::hex)).isEqualTo(Optional.ofNullable(v1));
        assertThat(hashes.v2().map(InfoHash::hex)).isEqualTo(Optional.ofNullable(v2));
    }

    @Test
    void readsAFolderOfV1() throws Exception {
        var info = Golden.read("mktorrent-v1-folder").info();
        assertThat(info.name()).isEqualTo("golden");
        assertThat(info.isSingleFile()).isFalse();
        assertThat(info.isPrivate()).isTrue();
        assertThat(info.source()).contains("SRC");
        assertThat(info.hasV2()).isFalse();
        assertThat(info.contentLength()).isEqualTo(189_167);
        assertThat(info.layout().pieceCount()).isEqualTo(6);
        assertThat(info.pieceHashes().orElseThrow().count()).isEqualTo(6);
        assertThat(info.files())
                .extracting(file -> String.join("/", file.path()), FileEntry::offset, FileEntry::length)
                .containsExactly(
                        tuple("Zebra.txt", 0L, 10L),
                        tuple("dir.txt", 10L, 5L),
                        tuple("dir/b.bin", 15L, 100_000L),
                        tuple("dir/empty", 100_015L, 0L),
                        tuple("dir/größe 日本.bin", 100_015L, 40_000L),
                        tuple("run.sh", 140_015L, 49_152L));
    }

    @Test
    void readsAFolderOfV2() throws Exception {
        var metainfo = Golden.read("libtorrent-v2-folder");
        var info = metainfo.info();
        assertThat(info.pieceHashes()).isEmpty();
        assertThat(info.layout().pieceCount()).isEqualTo(10);
        assertThat(info.layout().lengthOf(0)).isEqualTo(10);
        assertThat(info.files())
                .extracting(file -> String.join("/", file.path()), FileEntry::offset, FileEntry::length)
                .containsExactly(
                        tuple("Zebra.txt", 0L, 10L),
                        tuple("dir/b.bin", 32_768L, 100_000L),
                        tuple("dir/empty", 163_840L, 0L),
                        tuple("dir/größe 日本.bin", 163_840L, 40_000L),
                        tuple("dir.txt", 229_376L, 5L),
                        tuple("run.sh", 262_144L, 49_152L));
        assertThat(info.files().get(2).piecesRoot()).isEmpty();
        assertThat(info.files().get(5).attributes()).isEqualTo(Set.of(Attribute.EXECUTABLE));
        assertThat(metainfo.pieceLayers()).hasSize(3);
        assertThat(metainfo.pieceLayers().get(info.files().get(1).piecesRoot().orElseThrow()))
                .hasSize(4);
    }

    @Test
    void joinsBothPartsOfAHybrid() throws Exception {
        var info = Golden.read("libtorrent-hybrid-folder").info();
        assertThat(info.hashes().isHybrid()).isTrue();
        assertThat(info.files()).filteredOn(FileEntry::isPad).hasSize(5);
        assertThat(info.files())
                .filteredOn(file -> !file.isPad() && file.length() > 0)
                .allMatch(file -> file.piecesRoot().isPresent());
        assertThat(info.contentLength()).isEqualTo(189_167);
        assertThat(info.layout().totalLength()).isEqualTo(327_680);
        var ofV2 = Golden.read("libtorrent-v2-folder").info();
        assertThat(info.files().stream().filter(file -> !file.isPad()).map(FileEntry::piecesRoot))
                .containsExactlyElementsOf(
                        ofV2.files().stream().map(FileEntry::piecesRoot).toList());
    }

    @Test
    void tellsASingleFileFromAFolder() throws Exception {
        for (var version : List.of("v1", "v2", "hybrid")) {
            var info = Golden.read("libtorrent-" + version + "-single").info();
            assertThat(info.isSingleFile()).isTrue();
            assertThat(info.files()).singleElement().extracting(FileEntry::path).isEqualTo(List.of("single.bin"));
            assertThat(Golden.read("libtorrent-" + version + "-folder").info().isSingleFile())
                    .isFalse();
        }
    }

    @Test
    void readsWhatStandsBesideTheInfoDictionary() throws Exception {
        var metainfo = Golden.read("libtorrent-hybrid-single");
        assertThat(metainfo.trackers())
                .containsExactly(
                        List.of(URI.create("http://tracker.example/announce")),
                        List.of(URI.create("udp://tracker.example:80")));
        assertThat(metainfo.webSeeds()).containsExactly(URI.create("http://seed.example/files/"));
        assertThat(metainfo.comment()).contains("a golden torrent");
        assertThat(metainfo.createdBy()).contains("libtorrent 2.0.8");
        assertThat(metainfo.created()).contains(Instant.ofEpochSecond(1_700_000_000));
    }

    @Test
    void readsAnInfoDictionaryAlone() throws Exception {
        var info = Golden.read("libtorrent-hybrid-folder").info();
        var again = new MetainfoReader().info(info.raw());
        assertThat(again.hashes()).isEqualTo(info.hashes());
        assertThat(again.files()).isEqualTo(info.files());
        assertThat(again.raw()).isEqualTo(info.raw());
    }

    @Test
    void keepsTheInfoDictionaryByteForByteAlsoWhereItsKeysAreOutOfOrder() throws Exception {
        var raw = "d4:name1:x12:piece lengthi16384e6:lengthi1e6:pieces20:aaaaaaaaaaaaaaaaaaaae";
        var info = new MetainfoReader()
                .metainfo(Torrents.latin1("d4:info" + raw + "e"))
                .info();
        assertThat(info.raw()).isEqualTo(Torrents.latin1(raw));
        assertThat(info.hashes().hex())
                .isEqualTo(Sha1Hash.ofContent(Torrents.latin1(raw)).hex());
    }

    @Test
    void prefersNamesThatAreKnownToBeUtf8() throws Exception {
        var file = BDict.builder()
                .put("length", 1)
                .put("path", BList.of(BString.of(new byte[] {(byte) 0xb4, (byte) 0xf3})))
                .put("path.utf-8", BList.of(BString.of("大")));
        var info = Torrents.v1(1)
                .put("name", BString.of(new byte[] {(byte) 0xff}))
                .put("name.utf-8", "ÿ name")
                .put("files", BList.of(file.build()));
        var read = Torrents.info(info);
        assertThat(read.name()).isEqualTo("ÿ name");
        assertThat(read.files().get(0).path()).containsExactly("大");
    }

    @Test
    void takesNamesThatAreNotUtf8ByteByByteSoThatTheyStayDifferent() throws Exception {
        var info = Torrents.v1(1)
                .put("name", "n")
                .put(
                        "files",
                        BList.of(
                                Torrents.file(1, BString.of(new byte[] {'a', (byte) 0xfe})),
                                Torrents.file(1, BString.of(new byte[] {'a', (byte) 0xff}))));
        assertThat(Torrents.info(info).files())
                .extracting(FileEntry::path)
                .containsExactly(List.of("aþ"), List.of("aÿ"));
    }

    @Test
    void makesOddNamesHarmlessAndKeepsTheRest() throws Exception {
        var info = Torrents.v1(1)
                .put("name", "AC/DC")
                .put(
                        "files",
                        BList.of(
                                Torrents.file(1, "", ".", "a/b", "..."),
                                Torrents.file(1, "a\\b", "C:", " x. ", "CON")));
        var read = Torrents.info(info);
        assertThat(read.name()).isEqualTo("AC_DC");
        assertThat(read.files())
                .extracting(FileEntry::path)
                .containsExactly(List.of("a_b", "..."), List.of("a\\b", "C:", " x. ", "CON"));
    }

    @Test
    void anEmptyNameBecomesTheInfohash() throws Exception {
        var read = Torrents.info(Torrents.v1(1).put("name", "").put("length", 1));
        assertThat(read.name()).isEqualTo(read.hashes().hex());
        assertThat(read.files().get(0).path()).containsExactly(read.name());
    }

    @Test
    void readsLinksAndAttributes() throws Exception {
        var link = BDict.builder()
                .put("attr", "lhz")
                .put("path", BList.of(BString.of("link")))
                .put("symlink path", BList.of(BString.of("dir"), BString.of("target")))
                .build();
        var read = Torrents.info(
                Torrents.v1(1).put("name", "n").put("files", BList.of(link, Torrents.file(1, "dir", "target"))));
        assertThat(read.files().get(0).symlinkTarget()).contains(List.of("dir", "target"));
        assertThat(read.files().get(0).attributes()).isEqualTo(Set.of(Attribute.SYMLINK, Attribute.HIDDEN));
    }

    @Test
    void leavesOutTrackersThatAreNone() throws Exception {
        var torrent = BDict.builder()
                .put("info", Torrents.v1(1).put("name", "n").put("length", 1).build())
                .put("announce", "http://first.example/announce")
                .put(
                        "announce-list",
                        BList.of(
                                BList.of(BString.of("not a url"), BString.of(""), BString.of("udp://t.example:1")),
                                BString.of("http://flat.example/a b"),
                                BList.of(BString.of("udp://t.example:1"))))
                .put("url-list", "http://seed.example/ü")
                .build();
        var read = new MetainfoReader().metainfo(torrent.encoded());
        assertThat(read.trackers())
                .containsExactly(
                        List.of(URI.create("udp://t.example:1")), List.of(URI.create("http://flat.example/a%20b")));
        assertThat(read.webSeeds()).containsExactly(URI.create("http://seed.example/%C3%BC"));
    }

    @Test
    void aTorrentWithoutPieceLayersLeavesThemToPeers() throws Exception {
        var info = Golden.read("libtorrent-v2-folder").info();
        var torrent = ByteBuffer.wrap(BencodeWriter.write(BDict.builder()
                .put("info", BencodeReader.LENIENT.read(info.raw()))
                .build()));
        assertThat(new MetainfoReader().metainfo(torrent).pieceLayers()).isEmpty();
    }

    @Test
    void refusesPieceLayersThatDoNotLeadToTheirRoot() {
        var bytes = Golden.torrent("libtorrent-v2-single");
        var key = "12:piece layersd32:";
        int inFirstHash =
                StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString().indexOf(key) + key.length() + 40;
        bytes.put(inFirstHash, (byte) (bytes.get(inFirstHash) ^ 1));
        assertThatThrownBy(() -> new MetainfoReader().metainfo(bytes))
                .isInstanceOf(MetainfoException.class)
                .hasMessageContaining("piece hashes do not belong to its files");
    }

    @Test
    void refusesWhatIsLargerThanItsLimit() {
        var reader = new MetainfoReader(new MetainfoReader.Limits(500, 300, 5, 5));
        assertThatThrownBy(() -> reader.metainfo(Golden.torrent("libtorrent-v2-folder")))
                .hasMessage("The torrent file has 1159 bytes; at most 500 are accepted.");
        var limits = MetainfoReader.Limits.DEFAULT;
        var few = new MetainfoReader(new MetainfoReader.Limits(limits.metainfoBytes(), limits.infoBytes(), 5, 100));
        assertThatThrownBy(() -> few.metainfo(Golden.torrent("mktorrent-v1-folder")))
                .hasMessageContaining("more than 5 pieces");
        var fewFiles =
                new MetainfoReader(new MetainfoReader.Limits(limits.metainfoBytes(), limits.infoBytes(), 100, 5));
        assertThatThrownBy(() -> fewFiles.metainfo(Golden.torrent("mktorrent-v1-folder")))
                .hasMessageContaining("more than 5 files");
    }
}
