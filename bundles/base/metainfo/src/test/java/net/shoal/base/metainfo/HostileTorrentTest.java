package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers send. Each is refused with a sentence, in no time, before anything is made of it. */
class HostileTorrentTest {
    static Stream<Arguments> infos() {
        return Stream.of(
                // what it is
                bad(
                        "neither piece hashes",
                        BDict.builder()
                                .put("name", "n")
                                .put("piece length", 16_384)
                                .put("length", 1)),
                bad("of version 3", Torrents.v2().put("meta version", 3).put("name", "n")),
                bad("no file tree", Torrents.v2().put("name", "n")),
                bad("has no name", Torrents.v1(1).put("length", 1)),
                bad("has no name", Torrents.v1(1).put("length", 1).put("name", 7)),
                // lengths
                bad(
                        "piece length of 0",
                        Torrents.v1(1).put("name", "n").put("length", 1).put("piece length", 0)),
                bad(
                        "piece length of -16384",
                        Torrents.v1(1).put("name", "n").put("length", 1).put("piece length", -16_384)),
                bad(
                        "piece length of",
                        Torrents.v1(1).put("name", "n").put("length", 1).put("piece length", Long.MAX_VALUE)),
                bad("power of two", Torrents.v2().put("name", "n").put("piece length", 16_385)),
                bad("power of two", Torrents.v2().put("name", "n").put("piece length", 8192)),
                bad("no length", Torrents.v1(1).put("name", "n")),
                bad("negative", Torrents.v1(1).put("name", "n").put("length", -1)),
                bad("more than 2097152 pieces", Torrents.v1(1).put("name", "n").put("length", Long.MAX_VALUE)),
                bad(
                        "more than 2097152 pieces",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put("files", BList.of(Torrents.file(1, "a"), Torrents.file(Long.MAX_VALUE, "b")))),
                bad(
                        "more than 2097152 pieces",
                        Torrents.v2()
                                .put("name", "n")
                                .put("file tree", tree("a", Torrents.leaf(1), "b", Torrents.leaf(Long.MAX_VALUE)))),
                bad("holds no data", Torrents.v1(0).put("name", "n").put("length", 0)),
                bad("holds no data", Torrents.v1(0).put("name", "n").put("files", BList.EMPTY)),
                bad("holds no data", Torrents.v2().put("name", "n").put("file tree", BDict.EMPTY)),
                bad("holds no data", Torrents.v2().put("name", "n").put("file tree", tree("a", Torrents.leaf(0)))),
                bad("bytes of piece hashes", Torrents.v1(2).put("name", "n").put("length", 1)),
                bad("bytes of piece hashes", Torrents.v1(1).put("name", "n").put("length", 16_385)),
                bad(
                        "bytes of piece hashes",
                        Torrents.v1(1).put("name", "n").put("length", 1).put("pieces", "x".repeat(19))),
                bad(
                        "bytes of piece hashes",
                        Torrents.v1(1).put("name", "n").put("length", 1).put("pieces", 7)),
                // names of v1
                bad("outside its folder", Torrents.v1(1).put("name", "..").put("length", 1)),
                bad("outside its folder", Torrents.v1(1).put("name", "a\0b").put("length", 1)),
                bad("outside its folder", folder("..", "etc", "passwd")),
                bad("outside its folder", folder("a", "..", "..", "b")),
                bad("outside its folder", folder("a", "b\0.txt")),
                bad("no name", folder("")),
                bad("no name", folder(".", "")),
                bad("no name", folder()),
                bad("folders deep", folder(Collections.nCopies(300, "d").toArray(String[]::new))),
                bad(
                        "no path",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put(
                                        "files",
                                        BList.of(
                                                BDict.builder().put("length", 1).build()))),
                bad(
                        "other than names",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put(
                                        "files",
                                        BList.of(BDict.builder()
                                                .put("length", 1)
                                                .put("path", BList.of(new BInteger(1)))
                                                .build()))),
                bad("not a dictionary", Torrents.v1(1).put("name", "n").put("files", BList.of(new BInteger(1)))),
                bad("not a list", Torrents.v1(1).put("name", "n").put("files", 1)),
                bad(
                        "outside its folder",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put(
                                        "files",
                                        BList.of(BDict.builder()
                                                .put("length", 1)
                                                .put("attr", "l")
                                                .put("path", BList.of(BString.of("a")))
                                                .put("symlink path", BList.of(BString.of(".."), BString.of("b")))
                                                .build()))),
                bad(
                        "Two files",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put("files", BList.of(Torrents.file(1, "a", "b"), Torrents.file(1, "a", ".", "b")))),
                bad(
                        "Two files",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put("files", BList.of(Torrents.file(1, "a_b"), Torrents.file(1, "a/b")))),
                bad(
                        "both a file and a folder",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put("files", BList.of(Torrents.file(1, "a"), Torrents.file(1, "a", "b", "c")))),
                bad(
                        "both a file and a folder",
                        Torrents.v1(1)
                                .put("name", "n")
                                .put("files", BList.of(Torrents.file(1, "a", "b", "c"), Torrents.file(1, "a", "b")))),
                // names of v2
                bad("without a name", Torrents.v2().put("name", "n").put("file tree", Torrents.leaf(1))),
                bad("without a name", Torrents.v2().put("name", "n").put("file tree", tree(".", Torrents.leaf(1)))),
                bad(
                        "outside its folder",
                        Torrents.v2().put("name", "n").put("file tree", tree("..", Torrents.leaf(1)))),
                bad(
                        "outside its folder",
                        Torrents.v2()
                                .put("name", "n")
                                .put("file tree", tree("a", tree("..", tree("..", Torrents.leaf(1)))))),
                bad(
                        "both a file and a folder",
                        Torrents.v2()
                                .put("name", "n")
                                .put(
                                        "file tree",
                                        tree(
                                                "a",
                                                tree(
                                                        "",
                                                        Torrents.leaf(1)
                                                                .dict("")
                                                                .orElseThrow(),
                                                        "b",
                                                        Torrents.leaf(1))))),
                bad("no length", Torrents.v2().put("name", "n").put("file tree", tree("a", tree("", BDict.EMPTY)))),
                bad("no length", Torrents.v2().put("name", "n").put("file tree", tree("a", tree("", BList.EMPTY)))),
                bad(
                        "no root",
                        Torrents.v2()
                                .put("name", "n")
                                .put(
                                        "file tree",
                                        tree(
                                                "a",
                                                tree(
                                                        "",
                                                        BDict.builder()
                                                                .put("length", 1)
                                                                .build())))),
                bad(
                        "no root",
                        Torrents.v2()
                                .put("name", "n")
                                .put(
                                        "file tree",
                                        tree(
                                                "a",
                                                tree(
                                                        "",
                                                        BDict.builder()
                                                                .put("length", 1)
                                                                .put("pieces root", "short")
                                                                .build())))),
                // hybrids that say two things
                bad("is \"b\" in its v2 part", hybrid(1, tree("b", Torrents.leaf(1)), Torrents.file(1, "a"))),
                bad(
                        "has 1 bytes in its v1 part and 2 in its v2 part",
                        hybrid(1, tree("a", Torrents.leaf(2)), Torrents.file(1, "a"))),
                bad(
                        "is not in its v2 part",
                        hybrid(1, tree("a", Torrents.leaf(1)), Torrents.file(1, "a"), Torrents.file(0, "b"))),
                bad(
                        "is not in its v1 part",
                        hybrid(1, tree("a", Torrents.leaf(1), "b", Torrents.leaf(1)), Torrents.file(1, "a"))),
                bad(
                        "does not begin with a piece",
                        hybrid(
                                1,
                                tree("a", Torrents.leaf(1), "b", Torrents.leaf(1)),
                                Torrents.file(1, "a"),
                                Torrents.file(1, "b"))),
                bad(
                        "does not begin with a piece",
                        hybrid(
                                1,
                                tree("a", Torrents.leaf(1), "b", Torrents.leaf(1)),
                                Torrents.file(1, "a"),
                                Torrents.pad(16_382),
                                Torrents.file(1, "b"))),
                bad(
                        "in its v2 part",
                        hybrid(
                                2,
                                tree("a", Torrents.leaf(1), "b", Torrents.leaf(1)),
                                Torrents.file(1, "b"),
                                Torrents.pad(16_383),
                                Torrents.file(1, "a"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("infos")
    void refusesWithASentence(String expected, BDict info) {
        assertThatThrownBy(() -> new MetainfoReader().info(info.encoded()))
                .isInstanceOf(MetainfoException.class)
                .hasMessageContaining(expected)
                .hasMessageEndingWith(".");
    }

    @Test
    void acceptsTheHybridThatTheBadOnesDifferFrom() throws Exception {
        var good = hybrid(
                2,
                tree("a", Torrents.leaf(1), "b", Torrents.leaf(1)),
                Torrents.file(1, "a"),
                Torrents.pad(16_383),
                Torrents.file(1, "b"));
        assertThat(Torrents.info(good).files()).hasSize(3);
    }

    @Test
    void refusesAFileTreeOutOfOrder() {
        var raw = "d9:file treed1:bd0:d6:lengthi1e11:pieces root32:" + Torrents.ROOT
                + "ee1:ad0:d6:lengthi1e11:pieces root32:" + Torrents.ROOT
                + "eee12:meta versioni2e4:name1:n12:piece lengthi16384ee";
        assertThatThrownBy(() -> new MetainfoReader().info(Torrents.latin1(raw)))
                .hasMessageContaining("not in order");
    }

    @Test
    void refusesWhatIsNoTorrentAtAll() {
        var reader = new MetainfoReader();
        for (var text :
                List.of("", "<!doctype html>", "i1e", "le", "de", "d4:infoi1ee", "d4:infolee", "4:spam", "d4:info")) {
            assertThatThrownBy(() -> reader.metainfo(Torrents.latin1(text)))
                    .as(text)
                    .isInstanceOf(MetainfoException.class)
                    .hasMessageStartingWith("This is not a torrent file");
        }
    }

    @Test
    void refusesPieceLayersOfTheWrongLength() throws Exception {
        var info = Torrents.v2()
                .put("name", "n")
                .put("file tree", tree("a", Torrents.leaf(40_000)))
                .build();
        for (var layer : List.of("", "x".repeat(32 * 2), "x".repeat(32 * 3 + 1), "x".repeat(32 * 4))) {
            var torrent = BDict.builder()
                    .put("info", info)
                    .put(
                            "piece layers",
                            BDict.builder().put(Torrents.ROOT, layer).build())
                    .build();
            assertThatThrownBy(() -> new MetainfoReader().metainfo(torrent.encoded()))
                    .hasMessageContaining("bytes of piece hashes for a file of 3 pieces");
        }
    }

    @Test
    void manyPaddingFilesOfOneNameAreNoConflict() throws Exception {
        var files = new ArrayList<BDict>();
        for (int i = 0; i < 3; i++) {
            files.add(Torrents.file(1, "f" + i));
            files.add(Torrents.pad(16_383));
        }
        assertThat(Torrents.info(Torrents.v1(3).put("name", "n").put("files", new BList(files)))
                        .files())
                .hasSize(6);
    }

    private static Arguments bad(String expected, BDict.Builder info) {
        return Arguments.of(expected, info.build());
    }

    private static BDict.Builder folder(String... path) {
        return Torrents.v1(1).put("name", "n").put("files", BList.of(Torrents.file(1, path)));
    }

    private static BDict.Builder hybrid(int pieces, BDict tree, BDict... files) {
        return Torrents.v1(pieces)
                .put("meta version", 2)
                .put("name", "n")
                .put("file tree", tree)
                .put("files", BList.of(files));
    }

    private static BDict tree(Object... namesAndChildren) {
        var tree = BDict.builder();
        for (int i = 0; i < namesAndChildren.length; i += 2) {
            tree.put((String) namesAndChildren[i], (BValue) namesAndChildren[i + 1]);
        }
        return tree.build();
    }
}
