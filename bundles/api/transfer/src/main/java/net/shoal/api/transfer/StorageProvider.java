package net.shoal.api.transfer;

import java.io.IOException;
import java.util.function.LongConsumer;
import net.shoal.base.metainfo.Info;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to keep pieces. A whiteboard service; service property {@value #NAME} names it. */
@ConsumerType
public interface StorageProvider {
    String NAME = "storage.name";

    String name();

    /**
     * Opens the content of one torrent. Creates nothing before the first write.
     *
     * @throws StorageException where it cannot work there
     */
    PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException;

    /**
     * Takes what is there of this content from one location to another, none of whose files may exist yet. Called while no store of it is
     * open. Nothing is lost if it fails or is broken off at any instant: called again it goes on.
     *
     * @param progress hears of bytes copied, where renaming does not do
     */
    void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) throws IOException;

    /** Removes the files of this content and the folders that are empty then; leaves everything else that lies there. */
    void delete(Info info, ContentLocation location) throws IOException;
}
