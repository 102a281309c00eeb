package net.shoal.discovery.mdns;

import net.shoal.api.net.FoundNode;
import net.shoal.base.model.PeerAddress;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Can nodes of the local network find this one, and which of them has it found? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=local nodes", HealthCheck.TAGS + "=shoal"})
public final class MdnsCheck implements HealthCheck {
    private static final int MAX_LINES = 20;

    private final MdnsDiscovery discovery;

    @Activate
    public MdnsCheck(@Reference MdnsDiscovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        if (!discovery.isEnabled()) {
            log.info("Nodes on the local network are not looked for (mDNS): the setting"
                    + " net.shoal.discovery.mdns:enabled says so.");
        } else if (discovery.where().isEmpty()) {
            log.info("Nodes on the local network are not looked for (mDNS): the node listens at no address of a"
                    + " local network that its network scope permits.");
        } else {
            there(log);
        }
        return new Result(log);
    }

    private void there(FormattingResultLog log) {
        var name = discovery.published();
        if (name.isEmpty()) {
            log.info("This node is about to be published on the local network (mDNS) at {}.", discovery.where());
        } else {
            log.info("Nodes on the local network know this one as '{}' (mDNS) at {}.", name, discovery.where());
        }
        var nodes = discovery.nodes();
        log.info("{} there.", nodes.size() == 1 ? "1 other node is" : nodes.size() + " other nodes are");
        nodes.stream().limit(MAX_LINES).forEach(node -> log.info("'{}' at {}.", node.name(), addresses(node)));
    }

    private static String addresses(FoundNode node) {
        return String.join(
                ", ", node.addresses().stream().map(PeerAddress::toString).toList());
    }
}
