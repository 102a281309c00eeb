package net.shoal.storage.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;

/** Makes the bytes of torrents, good or bad: nothing is checked, and no hash is one of anything. */
final class RawTorrents {
    static final int PIECE = 16_384;
    static final String ROOT = "r".repeat(32);

    private RawTorrents() {}

    static ByteBuffer latin1(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    static ByteBuffer torrent(BDict.Builder info) {
        return BDict.builder().put("info", info.build()).build().encoded();
    }

    static ByteBuffer torrent(BDict.Builder info, String key, BValue value) {
        return BDict.builder().put("info", info.build()).put(key, value).build().encoded();
    }

    static BDict.Builder v1(int pieces) {
        return BDict.builder().put("name", "n").put("piece length", PIECE).put("pieces", "x".repeat(20 * pieces));
    }

    static BDict.Builder v2(Object... namesAndChildren) {
        return BDict.builder()
                .put("name", "n")
                .put("piece length", PIECE)
                .put("meta version", 2)
                .put("file tree", tree(namesAndChildren));
    }

    static BDict.Builder v2(BDict leaf) {
        return v2("a", leaf);
    }

    static BDict tree(Object... namesAndChildren) {
        var tree = BDict.builder();
        for (int i = 0; i < namesAndChildren.length; i += 2) {
            tree.put((String) namesAndChildren[i], (BValue) namesAndChildren[i + 1]);
        }
        return tree.build();
    }

    static BDict leaf(long length) {
        var properties = BDict.builder().put("length", length);
        if (length > 0) {
            properties.put("pieces root", ROOT);
        }
        return BDict.builder().put("", properties.build()).build();
    }

    static BDict file(long length, String... path) {
        return BDict.builder().put("length", length).put("path", strings(path)).build();
    }

    static BDict file(long length, BString name) {
        return BDict.builder().put("length", length).put("path", BList.of(name)).build();
    }

    static BDict pad(long length) {
        return BDict.builder()
                .put("attr", "p")
                .put("length", length)
                .put("path", strings(".pad", Long.toString(length)))
                .build();
    }

    static BList strings(String... texts) {
        var all = new ArrayList<BString>();
        for (var text : texts) {
            all.add(BString.of(text.getBytes(UTF_8)));
        }
        return new BList(all);
    }
}
