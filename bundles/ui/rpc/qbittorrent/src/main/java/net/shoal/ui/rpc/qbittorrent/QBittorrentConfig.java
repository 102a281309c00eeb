package net.shoal.ui.rpc.qbittorrent;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "qBittorrent interface",
        description = "Lets programs that know qBittorrent, such as Sonarr and Radarr, use this node")
@interface QBittorrentConfig {
    String PID = "net.shoal.ui.rpc.qbittorrent";

    @AttributeDefinition(
            description =
                    "programs may speak to the node as they do to qBittorrent, at the host and port of the web console, with any user"
                            + " name and the console's password, which `shoal console --password` sets: without one nobody gets in")
    boolean enabled() default false;
}
