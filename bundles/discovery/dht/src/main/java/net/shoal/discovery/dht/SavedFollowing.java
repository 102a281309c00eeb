package net.shoal.discovery.dht;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.api.node.StateFile;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.Sha1Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which torrents were found under which keys, in a file: bencode. What cannot be read is as if it were not there. */
final class SavedFollowing {
    private static final Logger LOG = LoggerFactory.getLogger(SavedFollowing.class);
    private static final int VERSION = 1;
    private static final long MAX_BYTES = 2 * 1024 * 1024;

    private final Path file;

    SavedFollowing(Path folder) {
        this.file = folder.resolve("followed");
    }

    List<HourlyItems.Followed> read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                LOG.warn("{} is longer than the DHT writes it, and left", file);
                return List.of();
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | BencodeException e) {
            LOG.warn("Whose torrents are followed cannot be read from {}: {}", file, e.getMessage());
            return List.of();
        }
    }

    static List<HourlyItems.Followed> parse(byte[] content) throws BencodeException {
        var dict = BencodeReader.LENIENT.readDict(ByteBuffer.wrap(content));
        var all = new ArrayList<HourlyItems.Followed>();
        if (dict.integer("version").orElse(0) == VERSION) {
            dict.list("followed")
                    .ifPresent(list -> list.forEach(each -> {
                        if (each instanceof BDict entry) {
                            followed(entry).ifPresent(all::add);
                        }
                    }));
        }
        return all;
    }

    private static Optional<HourlyItems.Followed> followed(BDict entry) {
        var torrent = entry.string("torrent").filter(hash -> hash.length() == Sha1Hash.LENGTH);
        var value = entry.get("v");
        if (torrent.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            var none = BString.of("");
            var key = new MutableKey(
                    entry.string("k").orElse(none), entry.string("salt").orElse(none));
            var item = new MutableItem(
                    key,
                    entry.integer("seq").orElse(-1),
                    value.get(),
                    entry.string("sig").orElse(none));
            return Optional.of(
                    new HourlyItems.Followed(Sha1Hash.read(torrent.get().buffer()), item));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(List<HourlyItems.Followed> all) {
        try {
            StateFile.replace(file, encode(all));
        } catch (IOException e) {
            LOG.warn("Whose torrents are followed cannot be written to {}: {}", file, e.getMessage());
        }
    }

    static byte[] encode(List<HourlyItems.Followed> all) {
        var entries = all.stream()
                .map(each -> BDict.builder()
                        .put("torrent", BString.of(each.torrent().toBytes()))
                        .put("k", each.item().key().publicKey())
                        .put("salt", each.item().key().salt())
                        .put("seq", each.item().sequence())
                        .put("sig", each.item().signature())
                        .put("v", each.item().value())
                        .build())
                .toList();
        return BencodeWriter.write(BDict.builder()
                .put("version", VERSION)
                .put("followed", new BList(entries))
                .build());
    }
}
