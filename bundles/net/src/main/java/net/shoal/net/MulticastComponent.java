package net.shoal.net;

import io.netty.channel.EventLoop;
import java.util.List;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.Multicast;
import net.shoal.api.net.MulticastGroup;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkListener;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Multicast where the front door listens, and while it does. */
@Component(service = {Multicast.class, NetworkListener.class})
public final class MulticastComponent implements Multicast, NetworkListener {
    private final Network network;
    private final LocalMulticast multicast;
    private volatile @Nullable FrontDoor door;

    @Activate
    public MulticastComponent(@Reference Network network) {
        this.network = network;
        multicast = new LocalMulticast(network, this::places);
    }

    private List<MulticastPlace> places() {
        var open = door;
        return open == null ? List.of() : LocalPlaces.now(network.scope(), open.addresses());
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setDoor(FrontDoor now) {
        door = now;
        multicast.look();
    }

    /** The new one may have come before the old one goes. */
    synchronized void unsetDoor(FrontDoor gone) {
        if (door == gone) {
            door = null;
            multicast.look();
        }
    }

    @Deactivate
    void deactivate() {
        multicast.close();
    }

    @Override
    public void networkChanged() {
        multicast.look();
    }

    @Override
    public EventLoop loop() {
        return multicast.loop();
    }

    @Override
    public MulticastGroup join(GroupAddress address, MulticastHandler handler) {
        return multicast.join(address, handler);
    }
}
