package net.shoal.api.transfer;

import org.osgi.annotation.versioning.ConsumerType;

/** One torrent's files at one URL. Called on the swarm's loop; methods must not block. */
@ConsumerType
public interface SourceSession {
    /** How many reads may be under way at once. */
    int parallel();

    /**
     * Begins to read a part of a file. Many long parts are asked for rather than many short ones, each byte once unless it fails.
     *
     * @param file index in the info dictionary; no padding and not empty
     * @param offset in the file
     * @param length as much as is to be read, within the file
     * @param sink hears what comes of it, from any thread and also from within this call
     */
    SourceReading read(int file, long offset, long length, SourceSink sink);

    /** Ends what is under way. */
    void close();
}
