package net.shoal.engine.swarm;

import java.io.IOException;
import net.shoal.base.metainfo.Info;

/** Whoever keeps a swarm hears of what changes, on the swarm's loop. */
public interface SwarmOwner {
    /** The info dictionary came from peers and is the right one. The owner answers with {@link Swarm#setContent}, now or later. */
    default void onMetadata(Info info) {}

    /** After a nap, {@link Swarm#isNapping}, something is about to go on. */
    default void onAwake() {}

    /** The piece is verified and on disk. */
    default void onVerified(int piece) {}

    /** More of pieces that are not verified yet is on disk: see {@link SwarmReport#unverified}. */
    default void onSpilled() {}

    /** All that is wanted is verified; told once for each time that becomes true by downloading. */
    default void onCompleted() {}

    /** A hybrid's v1 and v2 hashes of this piece are of different content: it can never be completed, and nothing more is fetched. */
    default void onContradiction(int piece) {}

    /** Content could not be read or written. Nothing is lost: the owner tries again with {@link Swarm#resume}. */
    default void onDiskFailure(IOException cause) {}

    /** After such a failure something could be written. */
    default void onDiskRecovered() {}
}
