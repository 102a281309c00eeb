package net.shoal.api.net;

import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A group that has been joined. Callable on any thread. */
@ProviderType
public interface MulticastGroup extends AutoCloseable {
    List<MulticastPlace> places();

    /** To all who have joined, at one place. What the network does not take just now is lost, as datagrams are. */
    void send(MulticastPlace from, ByteBuffer datagram);

    /** Leaves. From now on the handler is not called, but for a call that has begun on the loop. */
    @Override
    void close();
}
