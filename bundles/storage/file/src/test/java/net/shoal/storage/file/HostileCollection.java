package net.shoal.storage.file;

import static net.shoal.storage.file.RawTorrents.PIECE;
import static net.shoal.storage.file.RawTorrents.ROOT;
import static net.shoal.storage.file.RawTorrents.file;
import static net.shoal.storage.file.RawTorrents.latin1;
import static net.shoal.storage.file.RawTorrents.leaf;
import static net.shoal.storage.file.RawTorrents.pad;
import static net.shoal.storage.file.RawTorrents.strings;
import static net.shoal.storage.file.RawTorrents.torrent;
import static net.shoal.storage.file.RawTorrents.tree;
import static net.shoal.storage.file.RawTorrents.v1;
import static net.shoal.storage.file.RawTorrents.v2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;

/** Torrents as an attacker would make them, each with a name, and with what is to become of it. */
final class HostileCollection {
    private final List<Row> rows = new ArrayList<>();

    /**
     * One torrent.
     *
     * @param refusal what the refusal says; empty for one that is kept, and can do no harm
     */
    record Row(String name, ByteBuffer torrent, String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> all() {
        var collection = new HostileCollection();
        collection.bytes();
        collection.lengths();
        collection.names();
        collection.links();
        collection.conflicts();
        collection.trees();
        collection.layers();
        collection.hybrids();
        collection.texts();
        return collection.rows;
    }

    private void refused(String name, ByteBuffer torrent, String words) {
        rows.add(new Row(name, torrent, words));
    }

    private void refused(String name, BDict.Builder info, String words) {
        refused(name, torrent(info), words);
    }

    private void kept(String name, BDict.Builder info) {
        rows.add(new Row(name, torrent(info), ""));
    }

    // ---- what is no torrent at all

    private void bytes() {
        var no = "This is not a torrent file";
        for (var text : List.of(
                "",
                "<!doctype html>",
                "\u0000\u0000\u0000\u0000",
                "PK\u0003\u0004",
                "i1e",
                "4:spam",
                "le",
                "de",
                "d4:info",
                "d4:infode",
                "d4:infoi1ee",
                "d4:infolee",
                "d4:info4:spame",
                "d4:infod6:lengthi1ee",
                "d4:infod4:name1:n",
                "d4:info9:de",
                "d4:info99999999999999999999:xe",
                "d4:info2147483648:xe",
                "d4:info-1:xe",
                "d4:info04:xxxxe",
                "d4:info+4:xxxxe",
                "d4:infoi-0ee",
                "d4:infoi01ee",
                "d4:infoiee",
                "d4:infoi--1ee",
                "d4:infoi1.5ee",
                "d4:infoi9223372036854775808ee",
                "d4:infoi-9223372036854775809ee",
                "di1e4:infoe",
                "d4:infodee4:junk",
                "d4:infode4:infodee")) {
            boolean hasInfo = text.equals("d4:infode") || text.equals("d4:infod6:lengthi1ee");
            refused("the bytes " + text, latin1(text), hasInfo ? "torrent" : no);
        }
        refused("an info dictionary of nothing", latin1("d4:infodee"), "neither piece hashes");
        refused("a string cut short by one", latin1("d4:info3:dee"), no);
        refused("lists 100,000 deep", latin1("l".repeat(100_000)), no);
        refused("dictionaries 100,000 deep", latin1("d1:a".repeat(100_000)), "nested deeper than 32");
        refused("both 100,000 deep", latin1("d1:al".repeat(50_000)), "nested deeper than 32");
        refused("33 lists in the info dictionary", latin1("d4:infod1:a" + "l".repeat(33)), "nested deeper than 32");
        refused(
                "3,000,001 values",
                latin1("d4:infod1:al" + "le".repeat(3_000_001) + "eee"),
                "more than 3000000 values");
        refused("as many files as ten megabytes hold", manyFiles(), "Two files");
        refused("a byte more than ten megabytes", ByteBuffer.allocate(10_000_001), "at most 10000000 are accepted");
        refused("ten million files", tenMillionFiles(), "at most 10000000 are accepted");
    }

    static ByteBuffer tenMillionFiles() {
        return latin1("d4:infod5:filesl" + "de".repeat(10_000_000) + "eee");
    }

    private static ByteBuffer manyFiles() {
        var head = "d4:infod5:filesl";
        var file = "d6:lengthi0e4:pathl1:aee";
        return latin1(head + file.repeat((10_000_000 - 100) / file.length())
                + "e4:name1:n12:piece lengthi16384e6:pieces0:ee");
    }

    // ---- lengths and counts

    private void lengths() {
        for (long length :
                new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, (1L << 32) + PIECE, (1 << 29) + 1}) {
            refused(
                    "v1 with a piece length of " + length,
                    v1(1).put("piece length", length).put("length", 1),
                    "piece length of " + length);
            refused(
                    "v2 with a piece length of " + length,
                    v2(leaf(1)).put("piece length", length),
                    "piece length of " + length);
        }
        for (long length : new long[] {1, 8_192, PIECE + 1, 3 * PIECE}) {
            refused("v2 with a piece length of " + length, v2(leaf(1)).put("piece length", length), "power of two");
        }
        refused("a piece length in words", v1(1).put("piece length", "16384").put("length", 1), "piece length of 0");
        for (long length : new long[] {-1, Long.MIN_VALUE}) {
            refused("v1, a file of " + length, v1(1).put("length", length), "negative");
            refused("v2, a file of " + length, v2(leaf(length)), "negative");
            refused(
                    "v1, one file of many of " + length,
                    v1(1).put("files", BList.of(file(1, "a"), file(length, "b"))),
                    "negative");
        }
        refused("a length in words", v1(1).put("length", "1"), "no length");
        refused("no length", v1(1), "no length");
        refused("v1, more pieces than there may be", v1(1).put("length", Long.MAX_VALUE), "more than 2097152 pieces");
        refused("v2, more pieces than there may be", v2(leaf(Long.MAX_VALUE)), "more than 2097152 pieces");
        refused(
                "v1, lengths whose sum is negative",
                v1(1).put("files", BList.of(file(Long.MAX_VALUE, "a"), file(Long.MAX_VALUE, "b"))),
                "more than 2097152 pieces");
        refused(
                "v1, lengths whose sum is one again",
                v1(1).put("files", BList.of(file(Long.MAX_VALUE, "a"), file(Long.MAX_VALUE, "b"), file(3, "c"))),
                "more than 2097152 pieces");
        refused(
                "v2, lengths whose sum is negative",
                v2("a", leaf(Long.MAX_VALUE - PIECE), "b", leaf(Long.MAX_VALUE)),
                "more than 2097152 pieces");
        refused(
                "v1, pieces of 1 byte for 3 MB",
                v1(1).put("piece length", 1).put("length", 3_000_000),
                "more than 2097152 pieces");
        refused("a hash too few", v1(1).put("length", PIECE + 1), "20 bytes of piece hashes where 40 belong");
        refused("a hash too many", v1(2).put("length", PIECE), "40 bytes of piece hashes where 20 belong");
        refused("half a hash", v1(1).put("length", 1).put("pieces", "x".repeat(19)), "bytes of piece hashes");
        refused("no hashes", v1(1).put("length", 1).put("pieces", ""), "bytes of piece hashes");
        refused("hashes that are a number", v1(1).put("length", 1).put("pieces", 7), "bytes of piece hashes");
        refused("hashes that are a list", v1(1).put("length", 1).put("pieces", BList.EMPTY), "bytes of piece hashes");
        refused("no bytes", v1(0).put("length", 0), "holds no data");
        refused("no files", v1(0).put("files", BList.EMPTY), "holds no data");
        refused("empty files alone", v1(0).put("files", BList.of(file(0, "a"), file(0, "b"))), "holds no data");
        refused("v2, empty files alone", v2(leaf(0)), "holds no data");
        refused("files that are a number", v1(1).put("files", 1), "not a list");
        refused("a file that is a number", v1(1).put("files", BList.of(new BInteger(1))), "not a dictionary");
        refused(
                "padding alone, of a terabyte",
                v1(1).put("files", BList.of(pad(1L << 40))),
                "more than 2097152 pieces");
    }

    // ---- names

    private void names() {
        for (var name : HostileNames.ALL) {
            var shown = HostileNames.describe(name);
            boolean leads = name.equals("..") || name.indexOf('\0') >= 0;
            boolean nothing = name.isEmpty() || name.equals(".");
            var words = leads ? "outside its folder" : "";
            row("a torrent named " + shown, v1(1).put("name", name).put("length", 1), words);
            row("a folder named " + shown, v1(1).put("name", name).put("files", BList.of(file(1, "f"))), words);
            row("a file named " + shown, v1(1).put("files", BList.of(file(1, name))), nothing ? "no name" : words);
            row("a file below " + shown, v1(1).put("files", BList.of(file(1, name, name, "canary"))), words);
            row("v2, a file named " + shown, v2(name, leaf(1)), nothing ? "without a name" : words);
            row(
                    "v2, a file below " + shown,
                    v2(name, tree("canary", leaf(1))),
                    nothing && !name.equals(".") ? "file" : nothing ? "without a name" : words);
        }
        refused(
                "no name",
                BDict.builder()
                        .put("piece length", PIECE)
                        .put("pieces", ROOT.substring(12))
                        .put("length", 1),
                "no name");
        refused("a name that is a number", v1(1).put("name", 7).put("length", 1), "no name");
        refused("a path of nothing", v1(1).put("files", BList.of(file(1))), "no name");
        refused(
                "no path",
                v1(1).put("files", BList.of(BDict.builder().put("length", 1).build())),
                "no path");
        refused(
                "a path of numbers",
                v1(1).put(
                                "files",
                                BList.of(BDict.builder()
                                        .put("length", 1)
                                        .put("path", BList.of(new BInteger(1)))
                                        .build())),
                "other than names");
        refused(
                "257 folders deep",
                v1(1).put(
                                "files",
                                BList.of(file(1, Collections.nCopies(257, "d").toArray(String[]::new)))),
                "folders deep");
        refused(
                "100,000 folders deep",
                v1(1).put(
                                "files",
                                BList.of(file(
                                        1, Collections.nCopies(100_000, "d").toArray(String[]::new)))),
                "folders deep");
        refused("v2, 40 folders deep", v2("d", deep(40, "d")), "nested deeper than 32");
        refused("200 folders with names of 200 bytes", longPath(200, 200), "a path of 40199 bytes");
        refused(
                "v2, 28 folders with names of 255 bytes",
                v2("d", deep(26, "d".repeat(255))),
                "at most 3500 are accepted");
        kept("16 folders with names of 200 bytes", longPath(16, 200));
        kept("250 folders with names of a byte", longPath(250, 1));
        kept("a folder and a file with names of 60,000 bytes", longPath(2, 60_000));
        kept(
                "bytes that are no UTF-8",
                v1(1).put("name", BString.of(new byte[] {(byte) 0xff, '/', (byte) 0xc0, (byte) 0xaf, '.', '.'}))
                        .put("length", 1));
        kept("a slash written too long", v1(1).put("files", BList.of(file(1, BString.of(new byte[] {
            '.', '.', (byte) 0xc0, (byte) 0xaf, 'x'
        })))));
        refused(
                "another name for those who read UTF-8",
                v1(1).put("name", "n").put("name.utf-8", "..").put("length", 1),
                "outside its folder");
    }

    private void row(String name, BDict.Builder info, String words) {
        rows.add(new Row(name, torrent(info), words));
    }

    private static BDict.Builder longPath(int names, int bytes) {
        var path = Collections.nCopies(names, "d".repeat(bytes)).toArray(String[]::new);
        return v1(1).put("files", BList.of(file(1, path)));
    }

    private static BDict deep(int depth, String name) {
        var inner = leaf(1);
        for (int i = 0; i < depth; i++) {
            inner = tree(name, inner);
        }
        return inner;
    }

    // ---- links (BEP 47)

    private void links() {
        refused("a link up", links("a", "..", "canary"), "outside its folder");
        refused("a link to NUL", links("a", "b\0c"), "outside its folder");
        refused("a link to nothing", links("a", ""), "no name");
        refused("v2, a link up", v2("a", tree("", linkProperties("..", "canary")), "b", leaf(1)), "outside its folder");
        kept("a link to /etc", links("a", "/etc"));
        kept("a link to /etc/passwd, in parts", links("a", "", "etc", "passwd"));
        kept("a link to itself", links("a", "a"));
        kept("a link to where there is nothing", links("a", "nowhere", "at", "all"));
        kept("links in a ring", v1(1).put("files", BList.of(link("a", "b"), link("b", "a"), file(1, "c"))));
        kept("a link with a length", v1(1).put("files", BList.of(linkOf(1, "a", "b"))));
        kept(
                "a link without a target",
                v1(1).put(
                                "files",
                                BList.of(
                                        BDict.builder()
                                                .put("attr", "l")
                                                .put("path", BList.of(BString.of("a")))
                                                .build(),
                                        file(1, "b"))));
        kept(
                "a link that is padding and a program",
                v1(1).put(
                                "files",
                                BList.of(BDict.builder()
                                        .put("attr", "lpxh")
                                        .put("length", 1)
                                        .put("path", BList.of(BString.of("a")))
                                        .put("symlink path", BList.of(BString.of("b")))
                                        .build())));
        refused(
                "a file below a link",
                v1(1).put("files", BList.of(link("a", "b"), file(1, "a", "secret"))),
                "both a file and a folder");
        refused(
                "a link in the place of a file",
                v1(1).put("files", BList.of(file(1, "a"), link("a", "b"))),
                "Two files");
        refused(
                "a target of numbers",
                v1(1).put(
                                "files",
                                BList.of(BDict.builder()
                                        .put("attr", "l")
                                        .put("path", BList.of(BString.of("a")))
                                        .put("symlink path", BList.of(new BInteger(1)))
                                        .build())),
                "other than names");
        kept("v2, a link", v2("a", tree("", linkProperties("b")), "b", leaf(1)));
    }

    private static BDict.Builder links(String name, String... target) {
        return v1(1).put("files", BList.of(link(name, target), file(1, "f")));
    }

    private static BDict link(String name, String... target) {
        return linkOf(0, name, target);
    }

    private static BDict linkOf(long length, String name, String... target) {
        return BDict.builder()
                .put("attr", "l")
                .put("length", length)
                .put("path", BList.of(BString.of(name)))
                .put("symlink path", strings(target))
                .build();
    }

    private static BDict linkProperties(String... target) {
        return BDict.builder()
                .put("attr", "l")
                .put("length", 0)
                .put("symlink path", strings(target))
                .build();
    }

    // ---- files that want one place

    private void conflicts() {
        refused("a file twice", files("a", "a"), "Two files of the torrent are named \"a\"");
        refused(
                "a file twice, once with a dot",
                v1(1).put("files", BList.of(file(1, "a", "b"), file(1, "a", ".", "b"))),
                "Two files");
        refused("a file twice, once with a slash", files("a_b", "a/b"), "Two files");
        refused(
                "a file that is a folder",
                v1(1).put("files", BList.of(file(1, "a"), file(1, "a", "b"))),
                "both a file and a folder");
        refused(
                "a folder that is a file",
                v1(1).put("files", BList.of(file(1, "a", "b", "c"), file(1, "a", "b"))),
                "both a file and a folder");
        refused(
                "one name in UTF-8 and in Latin-1",
                v1(1).put("files", BList.of(file(1, BString.of("é")), file(1, BString.of(new byte[] {(byte) 0xe9})))),
                "Two files");
        kept("names that differ in case", files("A", "a"));
        kept("a file and a folder that differ in case", v1(1).put("files", BList.of(file(1, "A"), file(1, "a", "b"))));
        kept("names composed differently", files("é", "e\u0301"));
        kept("names that fold to one", files("ß", "SS", "ss", "ẞ"));
        kept("names with invisible characters", files("a", "a\u200b", "a\u2060", "\ufeffa"));
        kept("long names that are cut alike", files("x".repeat(300) + "1", "x".repeat(300) + "2"));
        kept("names like those made for others", files("CON", "_CON", "a", "a~2", "A", "A~2"));
        kept("names like ours for parts", files(".shoal-0000000000000000", "a.part", "a!"));
        kept(
                "a thousand names that are cut alike",
                files(IntStream.range(0, 1000)
                        .mapToObj(i -> "y".repeat(260) + i)
                        .toArray(String[]::new)));
    }

    private static BDict.Builder files(String... names) {
        var files = new ArrayList<BDict>();
        for (var name : names) {
            files.add(file(1, name));
        }
        return v1(1).put("files", new BList(files));
    }

    // ---- file trees of v2

    private void trees() {
        var bare = BDict.builder()
                .put("piece length", PIECE)
                .put("meta version", 2)
                .put("name", "n");
        refused("v2 without a tree", bare, "no file tree");
        refused("v2, a tree that is a list", bare.put("file tree", BList.EMPTY), "no file tree");
        refused("v2, an empty tree", v2(), "holds no data");
        refused("v2, a tree that is a file", v2("", leaf(1).dict("").orElseThrow()), "without a name");
        refused(
                "v2, a file that is a folder",
                v2("a", tree("", leaf(1).dict("").orElseThrow(), "b", leaf(1))),
                "both a file and a folder");
        refused("v2, a file of nothing", v2("a", tree("", BDict.EMPTY)), "no length");
        refused("v2, a file that is a list", v2("a", tree("", BList.EMPTY)), "no length");
        refused("v2, a folder that is a number", v2("a", new BInteger(1)), "holds no data");
        refused("v2, no root", v2("a", tree("", BDict.builder().put("length", 1).build())), "no root");
        for (int length : new int[] {0, 20, 31, 33, 64}) {
            refused(
                    "v2, a root of " + length + " bytes",
                    v2(
                            "a",
                            tree(
                                    "",
                                    BDict.builder()
                                            .put("length", 1)
                                            .put("pieces root", "r".repeat(length))
                                            .build())),
                    "no root");
        }
        refused(
                "v2, a root that is a number",
                v2(
                        "a",
                        tree(
                                "",
                                BDict.builder()
                                        .put("length", 1)
                                        .put("pieces root", 1)
                                        .build())),
                "no root");
        refused(
                "v2, a tree out of order",
                latin1("d4:infod9:file treed1:bd0:d6:lengthi1e11:pieces root32:" + ROOT
                        + "ee1:ad0:d6:lengthi1e11:pieces root32:" + ROOT
                        + "eee12:meta versioni2e4:name1:n12:piece lengthi16384eee"),
                "not in order");
        refused("version 3", v2(leaf(1)).put("meta version", 3), "of version 3");
        refused("version 2^32 + 2", v2(leaf(1)).put("meta version", (1L << 32) + 2), "of version 4294967298");
        refused("version -2", v2(leaf(1)).put("meta version", -2), "neither piece hashes");
        refused("version 0", v2(leaf(1)).put("meta version", 0), "neither piece hashes");
        refused("a version in words", v2(leaf(1)).put("meta version", "2"), "neither piece hashes");
        kept(
                "v2, an empty file with a root",
                v2(
                        "a",
                        leaf(1),
                        "b",
                        tree(
                                "",
                                BDict.builder()
                                        .put("length", 0)
                                        .put("pieces root", ROOT)
                                        .build())));
        kept("v2, two files of one root", v2("a", leaf(1), "b", leaf(1)));
        kept(
                "v2, padding",
                v2(
                        "a",
                        tree(
                                "",
                                BDict.builder()
                                        .put("length", 1)
                                        .put("attr", "p")
                                        .put("pieces root", ROOT)
                                        .build())));
    }

    // ---- piece layers of v2

    private void layers() {
        for (int length : new int[] {0, 1, 32, 64, 95, 97, 128}) {
            refused(
                    "layers of " + length + " bytes for three pieces",
                    layers(40_000, BString.of("x".repeat(length))),
                    "bytes of piece hashes for a file of 3 pieces");
        }
        refused("layers that are a number", layers(40_000, new BInteger(3)), "bytes of piece hashes");
        refused("layers that lead elsewhere", layers(40_000, BString.of("x".repeat(96))), "do not lead to the root");
        rows.add(new Row("layers of a file of one piece", layers(1, BString.of("junk")), ""));
        rows.add(new Row(
                "layers of no file",
                torrent(
                        v2(leaf(1)),
                        "piece layers",
                        tree("z".repeat(32), BString.of("junk"), "short", BString.of("junk"))),
                ""));
        rows.add(new Row("layers that are a list", torrent(v2(leaf(40_000)), "piece layers", BList.EMPTY), ""));
    }

    private static ByteBuffer layers(long length, BValue layer) {
        return torrent(v2(leaf(length)), "piece layers", tree(ROOT, layer));
    }

    // ---- hybrids that say two things

    private void hybrids() {
        refused("a hybrid of two names", hybrid(1, tree("b", leaf(1)), file(1, "a")), "is \"b\" in its v2 part");
        refused(
                "a hybrid of two lengths",
                hybrid(1, tree("a", leaf(2)), file(1, "a")),
                "has 1 bytes in its v1 part and 2 in its v2 part");
        refused(
                "a hybrid with more in v1",
                hybrid(1, tree("a", leaf(1)), file(1, "a"), file(0, "b")),
                "is not in its v2 part");
        refused(
                "a hybrid with more in v2",
                hybrid(1, tree("a", leaf(1), "b", leaf(1)), file(1, "a")),
                "is not in its v1 part");
        refused(
                "a hybrid without padding",
                hybrid(1, tree("a", leaf(1), "b", leaf(1)), file(1, "a"), file(1, "b")),
                "does not begin with a piece");
        refused(
                "a hybrid with too little padding",
                hybrid(1, tree("a", leaf(1), "b", leaf(1)), file(1, "a"), pad(PIECE - 2), file(1, "b")),
                "does not begin with a piece");
        refused(
                "a hybrid in two orders",
                hybrid(2, tree("a", leaf(1), "b", leaf(1)), file(1, "b"), pad(PIECE - 1), file(1, "a")),
                "in its v2 part");
        refused(
                "a hybrid of two folders",
                hybrid(1, tree("d", tree("a", leaf(1))), file(1, "e", "a")),
                "in its v2 part");
        refused(
                "a hybrid of one file and of many",
                v1(1).put("length", 1).put("meta version", 2).put("file tree", tree("other", leaf(1))),
                "in its v2 part");
        refused(
                "a hybrid whose v1 part climbs",
                hybrid(1, tree("a", leaf(1)), file(1, "..", "a")),
                "outside its folder");
        refused("a hybrid whose v2 part climbs", hybrid(1, tree("..", leaf(1)), file(1, "a")), "outside its folder");
        refused(
                "a hybrid whose padding holds the data",
                hybrid(1, tree("a", leaf(1)), pad(1)),
                "is not in its v1 part");
        refused(
                "a hybrid with a hash too few",
                hybrid(1, tree("a", leaf(1), "b", leaf(1)), file(1, "a"), pad(PIECE - 1), file(1, "b")),
                "bytes of piece hashes");
        kept(
                "an honest hybrid",
                hybrid(2, tree("a", leaf(1), "b", leaf(1)), file(1, "a"), pad(PIECE - 1), file(1, "b")));
        kept("a hybrid with padding at its end", hybrid(1, tree("a", leaf(1)), file(1, "a"), pad(PIECE - 1)));
    }

    private static BDict.Builder hybrid(int pieces, BDict tree, BDict... files) {
        return v1(pieces).put("meta version", 2).put("file tree", tree).put("files", BList.of(files));
    }

    // ---- what is beside the info dictionary

    private void texts() {
        var evil = BString.of("\u001b]0;x\u0007\u202egnp.exe\r\n<script>alert(1)</script>$(reboot)`reboot`");
        for (var key : List.of("comment", "created by", "announce", "url-list", "encoding", "publisher")) {
            rows.add(new Row("an evil " + key, torrent(v1(1).put("length", 1), key, evil), ""));
        }
        for (var key : List.of("announce-list", "creation date", "nodes", "httpseeds", "url-list", "announce")) {
            rows.add(new Row(
                    "a " + key + " of another kind",
                    torrent(v1(1).put("length", 1), key, tree("a", BList.of(BList.EMPTY))),
                    ""));
        }
        rows.add(new Row(
                "a creation date beyond all time",
                torrent(v1(1).put("length", 1), "creation date", new BInteger(Long.MAX_VALUE)),
                ""));
        rows.add(new Row(
                "100,000 trackers",
                torrent(
                        v1(1).put("length", 1),
                        "announce-list",
                        BList.of(strings(IntStream.range(0, 100_000)
                                .mapToObj(i -> "udp://h" + i + ":1")
                                .toArray(String[]::new)))),
                ""));
        kept("private, but how", v1(1).put("length", 1).put("private", BList.EMPTY));
        kept("a source of control characters", v1(1).put("length", 1).put("source", evil));
    }
}
