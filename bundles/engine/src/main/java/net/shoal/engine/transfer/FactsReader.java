package net.shoal.engine.transfer;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;

/** {@link TransferFacts} as {@link FactsWriter} has saved them, now or in an earlier format: what that lacks is as for a new transfer. */
final class FactsReader {
    private final BDict dict;
    private final FileSystem system;

    /** @param system where the content lies */
    FactsReader(BDict dict, FileSystem system) {
        this.dict = dict;
        this.system = system;
    }

    TransferFacts read() {
        long version = dict.integer("version").orElse(0);
        if (version > FactsWriter.VERSION) {
            throw new NewerFormatException(version);
        }
        var facts = new TransferFacts(hashes(), location(dict));
        facts.name = dict.text("name").orElse("");
        facts.added = Instant.ofEpochMilli(dict.integer("added").orElse(0));
        facts.visibility = Visibility.valueOf(dict.text("visibility").orElse("LINK"));
        facts.leaving = list(dict, "leaving", BDict.class, this::location);
        facts.existing = Existing.valueOf(dict.text("existing").orElse("KEEP_VERIFIED"));
        facts.storage = dict.text("storage");
        facts.trackers = list(dict, "trackers", BList.class, FactsReader::uris);
        facts.webSeeds = dict.list("webseeds").map(FactsReader::uris).orElse(List.of());
        facts.peers = list(dict, "peers", BString.class, FactsReader::peer).stream()
                .flatMap(Optional::stream)
                .toList();
        readWishes(facts);
        readProgress(facts);
        return facts;
    }

    private static Optional<PeerAddress> peer(BString compact) {
        var bytes = compact.buffer();
        try {
            var host = new byte[Math.max(0, bytes.remaining() - Short.BYTES)];
            bytes.get(host);
            return Optional.of(PeerAddress.ip(InetAddress.getByAddress(host), Short.toUnsignedInt(bytes.getShort())));
        } catch (UnknownHostException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private void readWishes(TransferFacts facts) {
        facts.only = list(dict, "only", BString.class, BString::text);
        facts.indices = list(dict, "indices", BInteger.class, number -> (int) number.value());
        facts.priorities = byFile("priorities", FilePriority::valueOf);
        facts.limits = dict.dict("limits").map(FactsReader::limits).orElse(TransferLimits.NONE);
        facts.sequential = flag("sequential");
        facts.firstAndLast = flag("ends");
        facts.superSeed = flag("superseed");
        facts.paused = flag("paused") ? Optional.of(Why.valueOf(dict.text("why").orElse("USER"))) : Optional.empty();
        facts.looks = flag("looks");
        facts.forced = flag("forced");
        facts.seedsOn = flag("seedson");
        facts.recheck = flag("recheck");
        // before there was a queue they went in the order they were added in
        facts.place = dict.integer("place").orElse(facts.added.toEpochMilli());
    }

    private void readProgress(TransferFacts facts) {
        var completed = dict.integer("completed");
        facts.completed =
                completed.isPresent() ? Optional.of(Instant.ofEpochMilli(completed.getAsLong())) : Optional.empty();
        facts.downloaded = dict.integer("downloaded").orElse(0);
        facts.uploaded = dict.integer("uploaded").orElse(0);
        facts.idle = Duration.ofMillis(dict.integer("idle").orElse(0));
    }

    private InfoHashes hashes() {
        return new InfoHashes(
                dict.string("v1").map(hash -> new InfoHash.V1(Sha1Hash.of(hash.toBytes()))),
                dict.string("v2").map(hash -> new InfoHash.V2(Sha256Hash.of(hash.toBytes()))));
    }

    private boolean flag(String key) {
        return dict.integer(key).orElse(0) != 0;
    }

    private ContentLocation location(BDict dict) {
        var directory = dict.text("directory").orElseThrow(() -> new IllegalArgumentException("it names no folder"));
        return new ContentLocation(
                system.getPath(directory),
                dict.text("root"),
                new FactsReader(dict, system).byFile("renamed", path -> path));
    }

    /** What is kept by the index of a file. */
    private <T> Map<Integer, T> byFile(String key, Function<String, T> form) {
        var all = new HashMap<Integer, T>();
        for (var entry : dict.dict(key).orElse(BDict.EMPTY)) {
            if (entry.getValue() instanceof BString text) {
                all.put(Integer.valueOf(entry.getKey().text()), form.apply(text.text()));
            }
        }
        return Map.copyOf(all);
    }

    private static TransferLimits limits(BDict dict) {
        var ratio = dict.text("ratio");
        var idle = dict.integer("idle");
        return new TransferLimits(
                dict.integer("down").orElse(0),
                dict.integer("up").orElse(0),
                (int) dict.integer("peers").orElse(0),
                ratio.isPresent() ? OptionalDouble.of(Double.parseDouble(ratio.get())) : OptionalDouble.empty(),
                idle.isPresent() ? Optional.of(Duration.ofMillis(idle.getAsLong())) : Optional.empty());
    }

    private static List<URI> uris(BList list) {
        return values(list, BString.class).flatMap(text -> uri(text.text())).toList();
    }

    private static Stream<URI> uri(String text) {
        try {
            return Stream.of(new URI(text));
        } catch (URISyntaxException e) {
            return Stream.empty();
        }
    }

    private static <V extends BValue, T> List<T> list(BDict dict, String key, Class<V> kind, Function<V, T> form) {
        return dict.list(key).stream()
                .flatMap(list -> values(list, kind))
                .map(form)
                .toList();
    }

    private static <V extends BValue> Stream<V> values(BList list, Class<V> kind) {
        return list.values().stream().filter(kind::isInstance).map(kind::cast);
    }
}
