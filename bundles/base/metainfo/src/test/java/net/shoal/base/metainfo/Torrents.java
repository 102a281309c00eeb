package net.shoal.base.metainfo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;

/** Info dictionaries made by hand. */
final class Torrents {
    static final String ROOT = "r".repeat(32);

    private Torrents() {}

    static ByteBuffer latin1(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Info info(BDict.Builder info) throws MetainfoException {
        return new MetainfoReader().info(info.build().encoded());
    }

    /** With room for the hashes of so many pieces; name and files are for the caller. */
    static BDict.Builder v1(int pieces) {
        return BDict.builder().put("piece length", 16_384).put("pieces", "x".repeat(20 * pieces));
    }

    static BDict.Builder v2() {
        return BDict.builder().put("piece length", 16_384).put("meta version", 2);
    }

    static BDict file(long length, String... path) {
        return file(length, Stream.of(path).map(BString::of).toArray(BString[]::new));
    }

    static BDict file(long length, BString... path) {
        return BDict.builder()
                .put("length", length)
                .put("path", new BList(Arrays.asList(path)))
                .build();
    }

    static BDict pad(long length) {
        return BDict.builder()
                .put("attr", "p")
                .put("length", length)
                .put("path", BList.of(BString.of(".pad"), BString.of(Long.toString(length))))
                .build();
    }

    static BDict leaf(long length) {
        var properties = BDict.builder().put("length", length);
        if (length > 0) {
            properties.put("pieces root", ROOT);
        }
        return BDict.builder().put("", properties.build()).build();
    }
}
