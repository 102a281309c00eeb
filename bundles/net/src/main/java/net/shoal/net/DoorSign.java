package net.shoal.net;

import java.net.InetSocketAddress;
import java.util.List;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.ListenFailure;
import net.shoal.base.model.PeerAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says by services whether the node listens: {@link FrontDoor} where it does, {@link ListenFailure} where it should and cannot. */
final class DoorSign implements Door.Sign {
    private static final Logger LOG = LoggerFactory.getLogger(DoorSign.class);

    private final BundleContext context;
    private List<InetSocketAddress> shown = List.of();
    private @Nullable ServiceRegistration<?> registration;

    DoorSign(BundleContext context) {
        this.context = context;
    }

    @Override
    public synchronized void listening(List<InetSocketAddress> addresses) {
        if (!shown.equals(addresses)) {
            closed();
            LOG.info(
                    "Listening on {}",
                    String.join(
                            ", ",
                            addresses.stream()
                                    .map(PeerAddress::ip)
                                    .map(PeerAddress::toString)
                                    .toList()));
            shown = List.copyOf(addresses);
            registration = context.registerService(FrontDoor.class, new OpenDoor(shown), null);
        }
    }

    @Override
    public synchronized void closed() {
        var gone = registration;
        registration = null;
        shown = List.of();
        if (gone != null) {
            gone.unregister();
        }
    }

    @Override
    public synchronized void failed(String message) {
        closed();
        LOG.error("The node {}", message);
        registration = context.registerService(ListenFailure.class, () -> message, null);
    }

    private record OpenDoor(List<InetSocketAddress> addresses) implements FrontDoor {
        @Override
        public int port() {
            return addresses.get(0).getPort();
        }
    }
}
