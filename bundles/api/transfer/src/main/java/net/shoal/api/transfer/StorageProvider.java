package net.shoal.api.transfer;

import java.io.IOException;
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
     * @throws IOException where it cannot ever work there, with a sentence for the user
     */
    PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException;

    /** Removes the files of this content and the folders that are empty then; leaves everything else that lies there. */
    void delete(Info info, ContentLocation location) throws IOException;
}
