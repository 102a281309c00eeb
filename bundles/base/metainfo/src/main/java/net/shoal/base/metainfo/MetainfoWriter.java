package net.shoal.base.metainfo;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.Sha256Hash;

/** Writes .torrent files. */
public final class MetainfoWriter {
    private MetainfoWriter() {}

    /** The bytes of a .torrent file; the info dictionary stays as it is, byte for byte. */
    public static byte[] write(Metainfo metainfo) {
        var root = BDict.builder().put("info", infoDict(metainfo.info()));
        putTrackers(root, metainfo.trackers());
        if (!metainfo.webSeeds().isEmpty()) {
            root.put("url-list", urls(metainfo.webSeeds()));
        }
        metainfo.comment().ifPresent(comment -> root.put("comment", comment));
        metainfo.createdBy().ifPresent(program -> root.put("created by", program));
        metainfo.created().ifPresent(time -> root.put("creation date", time.getEpochSecond()));
        // BEP 52 wants the key even where no file is longer than a piece
        if (metainfo.info().hasV2()) {
            root.put("piece layers", layers(metainfo));
        }
        return BencodeWriter.write(root.build());
    }

    private static BValue infoDict(Info info) {
        try {
            return BencodeReader.LENIENT.readDict(info.raw());
        } catch (BencodeException e) {
            throw new IllegalArgumentException("an info dictionary whose raw bytes are none", e);
        }
    }

    private static void putTrackers(BDict.Builder root, List<List<URI>> tiers) {
        if (!tiers.isEmpty() && !tiers.get(0).isEmpty()) {
            root.put("announce", tiers.get(0).get(0).toASCIIString());
        }
        if (tiers.stream().mapToInt(List::size).sum() > 1) {
            root.put(
                    "announce-list",
                    new BList(tiers.stream().map(MetainfoWriter::urls).toList()));
        }
    }

    private static BList urls(List<URI> urls) {
        return new BList(
                urls.stream().map(url -> BString.of(url.toASCIIString())).toList());
    }

    private static BDict layers(Metainfo metainfo) {
        var layers = BDict.builder();
        metainfo.pieceLayers().forEach((root, hashes) -> {
            var bytes = ByteBuffer.allocate(hashes.size() * Sha256Hash.LENGTH);
            hashes.forEach(hash -> hash.write(bytes));
            layers.put(BString.of(root.toBytes()), BString.view(bytes.flip()));
        });
        return layers.build();
    }
}
