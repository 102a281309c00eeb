package net.shoal.engine.merkle;

import net.shoal.base.wire.Message;

/** What to answer a {@link Message.HashRequest}. */
public sealed interface HashAnswer {
    /** Send this. */
    record Reply(Message.Hashes message) implements HashAnswer {}

    /** Send this. */
    record Refuse(Message.HashReject message) implements HashAnswer {}

    /**
     * It asks for leaves, which are not kept: hash the blocks of these pieces (all verified ones) and call
     * {@link HashTrees#answer(Message.HashRequest, java.util.List)}; refuse it if one cannot be read.
     *
     * @param firstPiece first piece to hash the blocks of
     * @param pieces how many, at most {@link HashTrees#MAX_LEAF_PIECES}
     */
    record NeedsLeaves(Message.HashRequest request, int firstPiece, int pieces) implements HashAnswer {}
}
