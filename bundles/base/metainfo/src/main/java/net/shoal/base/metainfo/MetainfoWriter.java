package net.shoal.base.metainfo;

/** Writes .torrent files. */
@SuppressWarnings("DoNotCallSuggester")
public final class MetainfoWriter {
    private MetainfoWriter() {}

    /** The bytes of a .torrent file; the info dictionary stays as it is, byte for byte. */
    public static byte[] write(Metainfo metainfo) {
        throw new UnsupportedOperationException();
    }
}
