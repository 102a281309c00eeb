package net.shoal.base.metainfo;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/** A file to make a metainfo of. Called from several threads; {@code toString} names it in messages. */
public interface SourceFile {
    /** The names from the torrent's root down; the one name where the torrent is this file alone. */
    List<String> path();

    /** Bytes, as they were when the file was listed. */
    long length();

    boolean isExecutable();

    /** A channel of its own for each call. */
    SeekableByteChannel open() throws IOException;

    /**
     * Asked once all is hashed.
     *
     * @throws IOException if the file is no longer as it was when it was listed
     */
    default void checkUnchanged() throws IOException {}
}
