package net.shoal.engine.merkle;

/** What a {@link net.shoal.base.wire.Message.Hashes} was worth. */
public enum HashesVerdict {
    /** New hashes are known. */
    ACCEPTED,
    /** Not asked for (or no longer): ignored. */
    UNREQUESTED,
    /** It proves nothing: the peer lies and is to be banned. */
    BAD_PROOF
}
