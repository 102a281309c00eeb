package net.shoal.engine.transfer;

import java.net.URI;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.bencode.BDict;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;

/**
 * What a transfer is to do and has done: with its metainfo and {@link VerifiedPieces} all that outlives the node. Changed on the transfer's
 * loop alone.
 */
final class TransferFacts {
    InfoHashes hashes;
    String name = "";
    Instant added = Instant.EPOCH;
    Visibility visibility = Visibility.LINK;

    // ---- where the content is

    ContentLocation location;
    /** Where some of it may still lie, to be taken to {@link #location}. */
    List<ContentLocation> leaving = List.of();

    Existing existing = Existing.KEEP_VERIFIED;
    Optional<String> storage = Optional.empty();

    // ---- who is asked for it

    List<List<URI>> trackers = List.of();
    List<URI> webSeeds = List.of();
    /** Named by a user, or by the link. */
    List<PeerAddress> peers = List.of();

    // ---- what is wanted of it

    /** Globs; empty for everything. */
    List<String> only = List.of();
    /** Files that a link has named (BEP 53), which count where there are no globs. */
    List<Integer> indices = List.of();
    /** What was said of single files since; by index. */
    Map<Integer, FilePriority> priorities = Map.of();

    boolean sequential;
    boolean firstAndLast;
    boolean superSeed;
    TransferLimits limits = TransferLimits.NONE;

    // ---- whether it is at work

    Optional<Why> paused = Optional.empty();
    /** It is to be paused once its info dictionary is known. */
    boolean looks;

    boolean forced;
    /** Its limits of ratio and idle time were reached, and a user wants it to seed all the same. */
    boolean seedsOn;
    /** All of it is to be hashed, whatever is known. */
    boolean recheck;
    /** Where it stands in the queue of the node: the lower, the sooner. */
    volatile long place;

    // ---- how far it got

    Optional<Instant> completed = Optional.empty();
    long downloaded;
    long uploaded;
    /** How long it has seeded since somebody last wanted something of it. */
    Duration idle = Duration.ZERO;

    TransferFacts(InfoHashes hashes, ContentLocation location) {
        this.hashes = hashes;
        this.location = location;
    }

    /** @throws IllegalArgumentException with a sentence, if its globs match nothing */
    Selection selection(Info info) {
        return Selection.of(info, only, indices, priorities);
    }

    /** What a user had before, and others may fetch: it is never written to, and always complete. */
    boolean isSharedInPlace() {
        return existing != Existing.KEEP_VERIFIED;
    }

    BDict toDict() {
        return FactsWriter.write(this);
    }

    /** @throws IllegalArgumentException with a sentence, if these are no facts, or a newer node's */
    static TransferFacts of(BDict dict, FileSystem system) {
        return new FactsReader(dict, system).read();
    }
}
