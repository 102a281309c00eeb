package net.shoal.engine.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;

/** What a transfer is to do and has done: with its metainfo and {@link VerifiedPieces} all that outlives the node. */
final class TransferFacts {
    private static final int VERSION = 1;

    InfoHashes hashes;
    String name = "";
    ContentLocation location;
    Existing existing = Existing.KEEP_VERIFIED;
    Visibility visibility = Visibility.LINK;
    List<String> only = List.of();
    List<Integer> indices = List.of();
    boolean sequential;
    boolean paused;
    TransferLimits limits = TransferLimits.NONE;
    Optional<String> storage = Optional.empty();
    List<List<URI>> trackers = List.of();
    Instant added = Instant.EPOCH;
    Optional<Instant> completed = Optional.empty();
    long downloaded;
    long uploaded;

    TransferFacts(InfoHashes hashes, ContentLocation location) {
        this.hashes = hashes;
        this.location = location;
    }

    BDict toDict() {
        var dict = BDict.builder().put("version", VERSION).put("name", name);
        hashes.v1().ifPresent(v1 -> dict.put("v1", BString.of(v1.hash().toBytes())));
        hashes.v2().ifPresent(v2 -> dict.put("v2", bytes(v2.hash())));
        dict.put("directory", location.directory().toString());
        location.rootName().ifPresent(root -> dict.put("root", root));
        dict.put("existing", existing.name()).put("visibility", visibility.name());
        dict.put("only", strings(only));
        dict.put(
                "indices", new BList(indices.stream().<BValue>map(BInteger::new).toList()));
        dict.put("sequential", sequential ? 1 : 0).put("paused", paused ? 1 : 0);
        dict.put("limits", limits(limits));
        storage.ifPresent(provider -> dict.put("storage", provider));
        dict.put(
                "trackers",
                new BList(trackers.stream()
                        .<BValue>map(
                                tier -> strings(tier.stream().map(URI::toString).toList()))
                        .toList()));
        dict.put("added", added.toEpochMilli());
        completed.ifPresent(when -> dict.put("completed", when.toEpochMilli()));
        dict.put("downloaded", downloaded).put("uploaded", uploaded);
        return dict.build();
    }

    /** @throws IllegalArgumentException with a sentence, if these are no facts, or a newer node's */
    static TransferFacts of(BDict dict) {
        long version = dict.integer("version").orElse(0);
        if (version > VERSION) {
            throw new IllegalArgumentException(
                    "written by a newer Shoal (format " + version + "); run that one, or remove the file");
        }
        var directory = dict.text("directory").orElseThrow(() -> new IllegalArgumentException("it names no folder"));
        var v1 = dict.string("v1").map(hash -> new InfoHash.V1(Sha1Hash.of(hash.toBytes())));
        var v2 = dict.string("v2").map(hash -> new InfoHash.V2(Sha256Hash.of(hash.toBytes())));
        var facts = new TransferFacts(
                new InfoHashes(v1, v2), new ContentLocation(Path.of(directory), dict.text("root"), Map.of()));
        facts.name = dict.text("name").orElse("");
        facts.existing = Existing.valueOf(dict.text("existing").orElse("KEEP_VERIFIED"));
        facts.visibility = Visibility.valueOf(dict.text("visibility").orElse("LINK"));
        facts.only = dict.list("only").map(TransferFacts::texts).orElse(List.of());
        facts.indices = numbers(dict, "indices").stream().map(Long::intValue).toList();
        facts.sequential = dict.integer("sequential").orElse(0) != 0;
        facts.paused = dict.integer("paused").orElse(0) != 0;
        facts.limits = dict.dict("limits").map(TransferFacts::limits).orElse(TransferLimits.NONE);
        facts.storage = dict.text("storage");
        facts.trackers = dict.list("trackers").map(TransferFacts::tiers).orElse(List.of());
        facts.added = Instant.ofEpochMilli(dict.integer("added").orElse(0));
        dict.integer("completed").ifPresent(when -> facts.completed = Optional.of(Instant.ofEpochMilli(when)));
        facts.downloaded = dict.integer("downloaded").orElse(0);
        facts.uploaded = dict.integer("uploaded").orElse(0);
        return facts;
    }

    private static BDict limits(TransferLimits limits) {
        var dict = BDict.builder()
                .put("down", limits.downRate())
                .put("up", limits.upRate())
                .put("peers", limits.maxPeers());
        limits.ratio().ifPresent(ratio -> dict.put("ratio", Double.toString(ratio)));
        limits.idle().ifPresent(idle -> dict.put("idle", idle.toMillis()));
        return dict.build();
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

    private static BString bytes(Sha256Hash hash) {
        var out = ByteBuffer.allocate(Sha256Hash.LENGTH);
        hash.write(out);
        return BString.of(out.array());
    }

    private static BList strings(List<String> texts) {
        return new BList(texts.stream().<BValue>map(BString::of).toList());
    }

    private static List<String> texts(BList list) {
        return list.values().stream()
                .filter(BString.class::isInstance)
                .map(text -> ((BString) text).text())
                .toList();
    }

    private static List<Long> numbers(BDict dict, String key) {
        return dict.list(key).map(BList::values).orElse(List.of()).stream()
                .filter(BInteger.class::isInstance)
                .map(number -> ((BInteger) number).value())
                .toList();
    }

    private static List<List<URI>> tiers(BList list) {
        return list.values().stream()
                .filter(BList.class::isInstance)
                .map(tier -> texts((BList) tier).stream()
                        .flatMap(text -> uri(text).stream())
                        .toList())
                .toList();
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
