package net.shoal.api.transfer;

import java.io.IOException;
import java.util.function.LongConsumer;
import net.shoal.base.metainfo.Info;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to keep pieces. A whiteboard service; service property {@value #NAME} names it. */
@ConsumerType
public interface StorageProvider {
    String NAME = "storage.name";

    /** The storage in plain files, which the node brings: what is shared in place lies so. */
    String FILES = "file";

    String name();

    /**
     * Opens the content of one torrent. Creates nothing before the first write.
     *
     * @throws StorageException where it cannot work there
     */
    PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException;

    /**
     * Takes what is there of this content from one location to another, where none of its files may be yet: to another folder, under other
     * names, or both. Called while no store of it is open. Nothing is lost if it fails or is broken off at any instant: called again it goes
     * on, and does nothing where all has arrived.
     *
     * @param progress hears how many bytes have arrived, first of 0 once nothing is found that stands in the way; may throw to break it off
     * @throws StorageException {@code REFUSED} where a file is in the way, or a name cannot be had; then nothing was moved
     */
    void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) throws IOException;

    /** Removes the files of this content and the folders that are empty then; leaves everything else that lies there. */
    void delete(Info info, ContentLocation location) throws IOException;
}
