package net.shoal.base.metainfo;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;

/** Reads .torrent files and info dictionaries from anyone: v1, v2 and hybrid. Immutable. */
public final class MetainfoReader {
    private final Limits limits;

    public MetainfoReader() {
        this(Limits.DEFAULT);
    }

    public MetainfoReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * What is accepted from strangers; the first three are libtorrent's.
     *
     * @param metainfoBytes of a .torrent file
     * @param infoBytes of an info dictionary
     */
    public record Limits(int metainfoBytes, int infoBytes, int pieces, int files) {
        public static final Limits DEFAULT = new Limits(10_000_000, 30 << 20, 2_097_152, 1_000_000);
    }

    /** The content of a .torrent file; consumes the buffer and keeps nothing of it. */
    public Metainfo metainfo(ByteBuffer torrent) throws MetainfoException {
        checkSize("The torrent file", torrent.remaining(), limits.metainfoBytes());
        var root = new BDict(dict(torrent, "This is not a torrent file").entries());
        var infoDict = root.dict("info")
                .orElseThrow(() -> new MetainfoException("This is not a torrent file: it has no info dictionary."));
        var info = info(infoDict.encoded());
        return new Metainfo(
                info,
                trackers(root),
                webSeeds(root),
                PieceLayers.read(root.get("piece layers").orElse(BDict.EMPTY), info),
                text(root, "comment"),
                text(root, "created by"),
                created(root));
    }

    /** An info dictionary, as it comes from peers (BEP 9); that it has the infohash asked for is for the caller to check. */
    public Info info(ByteBuffer info) throws MetainfoException {
        checkSize("The info dictionary", info.remaining(), limits.infoBytes());
        var dict = dict(info, "This is not an info dictionary");
        return new InfoParser(dict, limits).parse();
    }

    private static void checkSize(String what, int size, int limit) throws MetainfoException {
        if (size > limit) {
            throw new MetainfoException(what + " has " + size + " bytes; at most " + limit + " are accepted.");
        }
    }

    private static BDict dict(ByteBuffer in, String complaint) throws MetainfoException {
        try {
            return BencodeReader.LENIENT.readDict(in);
        } catch (BencodeException e) {
            throw new MetainfoException(complaint + ": " + e.getMessage() + ".", e);
        }
    }

    /** Tiers (BEP 12), or else the one tracker of BEP 3; what is no URL is left out, as is what came before. */
    private static List<List<URI>> trackers(BDict root) {
        var tiers = new ArrayList<List<URI>>();
        var seen = new HashSet<URI>();
        for (var tier : root.list("announce-list").orElse(BList.EMPTY)) {
            addTier(strings(tier), seen, tiers);
        }
        if (tiers.isEmpty()) {
            addTier(root.string("announce").stream(), seen, tiers);
        }
        return tiers;
    }

    private static void addTier(Stream<BString> urls, Set<URI> seen, List<List<URI>> tiers) {
        var tier = urls.flatMap(url -> Uris.parse(url.text()).stream())
                .filter(seen::add)
                .toList();
        if (!tier.isEmpty()) {
            tiers.add(tier);
        }
    }

    /** BEP 19: one string or a list of them. */
    private static List<URI> webSeeds(BDict root) {
        return root.get("url-list").stream()
                .flatMap(MetainfoReader::strings)
                .flatMap(url -> Uris.parse(url.text()).stream())
                .distinct()
                .toList();
    }

    private static Stream<BString> strings(BValue value) {
        var values = value instanceof BList list ? list.values().stream() : Stream.of(value);
        return values.filter(BString.class::isInstance).map(BString.class::cast);
    }

    private static Optional<String> text(BDict root, String key) {
        return root.string(key + ".utf-8")
                .or(() -> root.string(key))
                .map(Names::decode)
                .filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> created(BDict root) {
        long lastOfYear9999 = 253_402_300_799L;
        var seconds = root.integer("creation date");
        return seconds.isPresent() && seconds.getAsLong() > 0 && seconds.getAsLong() <= lastOfYear9999
                ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
                : Optional.empty();
    }
}
