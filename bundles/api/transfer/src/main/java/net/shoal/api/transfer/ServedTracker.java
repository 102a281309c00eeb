package net.shoal.api.transfer;

import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** There while this node serves a tracker. */
@ProviderType
public interface ServedTracker {
    /** Announce URLs under which others can reach it, to be named in links made here. */
    List<URI> announceUrls();
}
