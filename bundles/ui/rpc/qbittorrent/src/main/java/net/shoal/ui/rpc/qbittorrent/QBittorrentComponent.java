package net.shoal.ui.rpc.qbittorrent;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.shoal.api.console.Logins;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.node.Home;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.TransferEngine;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the interface while it is enabled and the console is open; else it holds nothing but references. */
@Component(
        service = {},
        immediate = true,
        configurationPid = QBittorrentConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "shoal.needed:Boolean=false")
@Designate(ocd = QBittorrentConfig.class)
public final class QBittorrentComponent {
    private static final Logger LOG = LoggerFactory.getLogger(QBittorrentComponent.class);

    private final BundleContext context;
    private final Home home;
    private final Opened.Parts parts;
    private final Set<Discovery> discoveries = ConcurrentHashMap.newKeySet();
    private @Nullable Opened opened;

    @Activate
    public QBittorrentComponent(
            BundleContext context,
            @Reference Home home,
            @Reference TransferEngine engine,
            @Reference ContentLinks links,
            @Reference Settings settings,
            @Reference Network network,
            @Reference FrontDoor frontDoor,
            @Reference Logins logins) {
        this.context = context;
        this.home = home;
        this.parts = new Opened.Parts(
                engine,
                links,
                settings,
                network,
                frontDoor,
                logins,
                this::ways,
                String.valueOf(context.getProperty("shoal.version")));
    }

    private Set<String> ways() {
        return discoveries.stream().map(Discovery::name).collect(Collectors.toSet());
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void begin(QBittorrentConfig config) {
        modified(config);
    }

    @Modified
    synchronized void modified(QBittorrentConfig config) {
        if (config.enabled() && opened == null) {
            open();
        } else if (!config.enabled()) {
            close();
        }
    }

    private void open() {
        try {
            opened = new Opened(context, home.state("qbittorrent"), parts);
        } catch (IOException e) {
            LOG.error("The interface of qBittorrent is closed: {}", e.getMessage());
        }
    }

    @Deactivate
    synchronized void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDiscovery(Discovery discovery) {
        discoveries.add(discovery);
    }

    void removeDiscovery(Discovery discovery) {
        discoveries.remove(discovery);
    }
}
