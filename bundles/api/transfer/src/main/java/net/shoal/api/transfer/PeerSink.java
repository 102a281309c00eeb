package net.shoal.api.transfer;

import java.util.Collection;
import net.shoal.base.model.PeerAddress;
import org.osgi.annotation.versioning.ProviderType;

/** Where found peers go. Any thread may call it; the engine bounds and deduplicates. */
@ProviderType
public interface PeerSink {
    void found(Collection<PeerAddress> peers);

    /**
     * Another tracker of a private torrent has taken over: the peers of the one before are to be left (BEP 27). What is found from now on
     * comes from the new one.
     */
    default void forget() {}
}
