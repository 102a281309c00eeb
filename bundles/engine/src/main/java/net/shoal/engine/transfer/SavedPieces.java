package net.shoal.engine.transfer;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was saved of the pieces of a transfer, twice: often, of all that was written, which holds as long as the operating system runs on; and
 * now and then, of what had been synced, which holds after a power cut too.
 *
 * @param recentHolds the system has not been started anew since {@code recent} was saved
 */
record SavedPieces(Optional<VerifiedPieces> synced, Optional<VerifiedPieces> recent, boolean recentHolds) {
    static final SavedPieces NONE = new SavedPieces(Optional.empty(), Optional.empty(), true);

    /** The later of the two; whether it holds is another question. */
    Optional<VerifiedPieces> latest() {
        return Stream.concat(synced.stream(), recent.stream())
                .reduce((one, other) -> one.number() > other.number() ? one : other);
    }

    boolean isEmpty() {
        return latest().isEmpty();
    }

    /** What can be relied on, so far as nobody else has changed the files. */
    Optional<VerifiedPieces> reliable() {
        return recentHolds ? latest() : synced;
    }

    /** What may be there beyond that. */
    Optional<VerifiedPieces> rumoured() {
        return recentHolds ? Optional.empty() : recent.filter(this::isLater);
    }

    private boolean isLater(VerifiedPieces pieces) {
        return synced.map(there -> there.number() < pieces.number()).orElse(true);
    }

    SavedPieces withSynced(VerifiedPieces pieces) {
        return new SavedPieces(Optional.of(pieces), recent, recentHolds);
    }

    SavedPieces withRecent(VerifiedPieces pieces) {
        return new SavedPieces(synced, Optional.of(pieces), true);
    }

    /** The disk has lost what it had taken: only what was synced is there for sure. */
    SavedPieces distrusted() {
        return new SavedPieces(synced, recent, false);
    }
}
