package net.shoal.engine.transfer;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha256Hash;

/**
 * {@link TransferFacts} as they are saved. The version is raised when an older node would do harm by what it does not understand: format 2
 * knows of content that is on its way from one place to another.
 */
final class FactsWriter {
    static final int VERSION = 2;

    private FactsWriter() {}

    static BDict write(TransferFacts facts) {
        var dict = BDict.builder().put("version", VERSION).put("name", facts.name);
        facts.hashes.v1().ifPresent(v1 -> dict.put("v1", BString.of(v1.hash().toBytes())));
        facts.hashes.v2().ifPresent(v2 -> dict.put("v2", bytes(v2.hash())));
        dict.put("added", facts.added.toEpochMilli()).put("visibility", facts.visibility.name());
        write(facts.location, dict);
        dict.put("leaving", list(facts.leaving, FactsWriter::location)).put("existing", facts.existing.name());
        facts.storage.ifPresent(provider -> dict.put("storage", provider));
        dict.put("trackers", list(facts.trackers, FactsWriter::uris)).put("webseeds", uris(facts.webSeeds));
        dict.put(
                "peers",
                list(facts.peers.stream().flatMap(peer -> peer.inet().stream()).toList(), FactsWriter::address));
        writeWishes(facts, dict);
        writeProgress(facts, dict);
        return dict.build();
    }

    /** 4 or 16 bytes and 2 of the port, as in BEP 23 and 7. */
    private static BString address(InetSocketAddress peer) {
        var host = peer.getAddress().getAddress();
        return BString.of(ByteBuffer.allocate(host.length + Short.BYTES)
                .put(host)
                .putShort((short) peer.getPort())
                .array());
    }

    private static void writeWishes(TransferFacts facts, BDict.Builder dict) {
        dict.put("only", list(facts.only, BString::of))
                .put("indices", list(facts.indices, index -> new BInteger(index)));
        dict.put("priorities", priorities(facts.priorities)).put("limits", limits(facts.limits));
        flag(dict, "sequential", facts.sequential);
        flag(dict, "ends", facts.firstAndLast);
        flag(dict, "superseed", facts.superSeed);
        flag(dict, "paused", facts.paused.isPresent());
        facts.paused.ifPresent(why -> dict.put("why", why.name()));
        flag(dict, "looks", facts.looks);
        flag(dict, "forced", facts.forced);
        flag(dict, "seedson", facts.seedsOn);
        flag(dict, "recheck", facts.recheck);
        dict.put("place", facts.place);
    }

    private static void writeProgress(TransferFacts facts, BDict.Builder dict) {
        facts.completed.ifPresent(when -> dict.put("completed", when.toEpochMilli()));
        dict.put("downloaded", facts.downloaded).put("uploaded", facts.uploaded);
        dict.put("idle", facts.idle.toMillis());
    }

    private static void flag(BDict.Builder dict, String key, boolean value) {
        dict.put(key, value ? 1 : 0);
    }

    private static BDict location(ContentLocation location) {
        var dict = BDict.builder();
        write(location, dict);
        return dict.build();
    }

    private static void write(ContentLocation location, BDict.Builder dict) {
        dict.put("directory", location.directory().toString());
        location.rootName().ifPresent(root -> dict.put("root", root));
        var renamed = BDict.builder();
        location.renamed().forEach((file, path) -> renamed.put(Integer.toString(file), path));
        dict.put("renamed", renamed.build());
    }

    private static BDict priorities(Map<Integer, FilePriority> priorities) {
        var dict = BDict.builder();
        priorities.forEach((file, priority) -> dict.put(Integer.toString(file), priority.name()));
        return dict.build();
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

    private static BString bytes(Sha256Hash hash) {
        var out = ByteBuffer.allocate(Sha256Hash.LENGTH);
        hash.write(out);
        return BString.of(out.array());
    }

    private static BList uris(List<URI> uris) {
        return list(uris, uri -> BString.of(uri.toString()));
    }

    private static <T> BList list(Collection<T> items, Function<T, BValue> form) {
        return new BList(items.stream().map(form).toList());
    }
}
