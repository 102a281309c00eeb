package net.shoal.net;

import java.io.OutputStream;
import java.net.URI;
import net.shoal.api.net.DownloadException;
import net.shoal.api.net.Network;
import net.shoal.api.net.WebDownload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Files from web servers, for whoever has a URL of a user's. */
@Component
public final class WebDownloadComponent implements WebDownload {
    private final FileDownload download;

    @Activate
    public WebDownloadComponent(@Reference Network network) {
        this.download = new FileDownload(network);
    }

    @Deactivate
    void deactivate() {
        download.close();
    }

    @Override
    public void fetch(URI url, Terms terms, OutputStream to) throws DownloadException, InterruptedException {
        download.fetch(url, terms, to);
    }
}
