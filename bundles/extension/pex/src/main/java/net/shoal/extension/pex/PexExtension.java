package net.shoal.extension.pex;

import java.util.function.LongSupplier;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.SwarmView;
import net.shoal.api.transfer.WireExtension;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.metainfo.Info;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** BEP 11. Safe for use from any thread: what there is to know belongs to the sessions. */
@Component(property = WireExtension.NAME + "=" + PexExtension.UT_PEX)
public final class PexExtension implements WireExtension {
    static final String UT_PEX = "ut_pex";

    private final LongSupplier clock;

    @Activate
    public PexExtension() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds */
    public PexExtension(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return UT_PEX;
    }

    /** Not for private torrents (BEP 27). */
    @Override
    public boolean suits(SwarmView swarm) {
        return swarm.info().filter(Info::isPrivate).isEmpty();
    }

    @Override
    public WireSession attach(PeerWire wire) {
        return new PexSession(wire, clock);
    }
}
