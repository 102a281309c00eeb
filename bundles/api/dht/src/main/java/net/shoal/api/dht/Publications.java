package net.shoal.api.dht;

import org.osgi.annotation.versioning.ProviderType;

/** Torrents that somebody publishes under a key (BEP 46). Safe for use from any thread. */
@ProviderType
public interface Publications {
    /**
     * While a transfer of the torrent that an item names is at work, now and after restarts, its key is asked every hour whether another one is
     * published there, and what was found is put there again so that it stays. The transfer itself stays what it is: that there is another
     * torrent it says among what discovery says of it.
     *
     * @throws IllegalArgumentException if the item names no torrent
     */
    void follow(MutableItem item);
}
