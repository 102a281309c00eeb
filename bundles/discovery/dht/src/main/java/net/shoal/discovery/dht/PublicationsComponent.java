package net.shoal.discovery.dht;

import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.Publications;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Follows what is published under keys. */
@Component
public final class PublicationsComponent implements Publications {
    private final DhtDiscovery dht;

    @Activate
    public PublicationsComponent(@Reference DhtDiscovery dht) {
        this.dht = dht;
    }

    @Override
    public void follow(MutableItem item) {
        var torrent = HourlyItems.torrent(item.value())
                .orElseThrow(() -> new IllegalArgumentException("the item names no torrent: it has no ih of 20 bytes"));
        if (dht.isEnabled()) {
            dht.loop()
                    .execute(() -> dht.hourly().follow(torrent, item, dht.loop().now()));
        }
    }
}
