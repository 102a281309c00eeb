package net.shoal.base.metainfo;

import java.nio.ByteBuffer;

/** Reads .torrent files and info dictionaries from anyone: v1, v2 and hybrid. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class MetainfoReader {
    private final Limits limits;

    public MetainfoReader() {
        this(Limits.DEFAULT);
    }

    public MetainfoReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param metainfoBytes of a .torrent file
     * @param infoBytes of an info dictionary
     */
    public record Limits(int metainfoBytes, int infoBytes, int pieces, int files) {
        public static final Limits DEFAULT = new Limits(10_000_000, 30 << 20, 2_097_152, 1_000_000);
    }

    /** The content of a .torrent file; consumes the buffer and keeps nothing of it. */
    public Metainfo metainfo(ByteBuffer torrent) throws MetainfoException {
        throw new UnsupportedOperationException(limits.toString());
    }

    /** An info dictionary, as it comes from peers (BEP 9); that it has the infohash asked for is for the caller to check. */
    public Info info(ByteBuffer info) throws MetainfoException {
        throw new UnsupportedOperationException();
    }
}
