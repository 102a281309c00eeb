package net.shoal.source.web;

import io.netty.channel.EventLoop;
import java.net.URI;
import net.shoal.api.net.EventLoopTasks;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.SourceSession;
import net.shoal.base.metainfo.Info;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Web seeds: what a torrent names under {@code url-list}, a link as {@code ws}, or a user. */
@Component(configurationPid = "net.shoal.source.web", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WebSource.Config.class)
public final class WebSource implements ContentSource {
    private static final int MOST_CONNECTIONS = 16;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long CLOSE_MILLIS = 2_000;

    private final Network network;
    private final HttpConnector connector;
    private final int connections;
    private final long patienceMillis;

    /** The settings. */
    @ObjectClassDefinition(name = "Web seeds", description = "How content is fetched from web servers")
    public @interface Config {
        @AttributeDefinition(description = "connections to one web seed of one transfer at most", min = "1", max = "16")
        int connections() default 4;
    }

    @Activate
    public WebSource(@Reference Network network, @Reference HttpConnector connector, Config config) {
        this(network, connector, Math.max(1, Math.min(MOST_CONNECTIONS, config.connections())), PATIENCE_MILLIS);
    }

    WebSource(Network network, HttpConnector connector, int connections, long patienceMillis) {
        this.network = network;
        this.connector = connector;
        this.connections = connections;
        this.patienceMillis = patienceMillis;
    }

    /** Who used it has closed all it had open. */
    @Deactivate
    void deactivate() {
        EventLoopTasks.await(network.eventLoops(), CLOSE_MILLIS);
    }

    @Override
    public String name() {
        return "web seed";
    }

    @Override
    public boolean takes(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    @Override
    public SourceSession open(URI url, Info info) {
        HttpUrl.of(url);
        var files = new WebFiles(url, info);
        return new WebSession(
                network, connector, (EventLoop) network.eventLoops().next(), files, connections, patienceMillis);
    }
}
