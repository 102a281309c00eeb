package net.shoal.api.transfer;

import java.net.URI;
import net.shoal.base.metainfo.Info;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that is no peer and has content all the same, such as web servers (BEP 19). A whiteboard service: the engine asks each for the
 * URLs that a torrent, a link or a user names, mixes what they bring with what peers send, and hashes it like that: a source that brings
 * something wrong is asked no more.
 */
@ConsumerType
public interface ContentSource {
    /** What it is called in a list of peers: a word or two, such as {@code web seed}. */
    String name();

    /** True for URLs of the kind it reads from, whatever may be there. */
    boolean takes(URI url);

    /**
     * Gets ready to read the files of one torrent. Asks nobody yet; must not block.
     *
     * @param url under which they lie; what that means is for the source to say (for the web it is BEP 19)
     * @throws IllegalArgumentException if it can never be read from, saying why: the rest of a sentence that begins with the URL
     */
    SourceSession open(URI url, Info info);
}
