package net.shoal.api.net;

import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Fetches single files that a user names by their URL: http and https, within the network scope. What was looked up and permitted is what is
 * connected to, and no redirect leads nearer to this machine than where it comes from ({@link Reach}). Blocks.
 */
@ProviderType
@FunctionalInterface
public interface WebDownload {
    /**
     * Writes the file to {@code to}, which is not closed; after a failure a part of it may have been written.
     *
     * @throws DownloadException if it does not come, is larger than agreed, or breaks off
     */
    void fetch(URI url, Terms terms, OutputStream to) throws DownloadException, InterruptedException;

    /**
     * What is agreed to.
     *
     * @param kind what it is to be, as in {@code larger than a .torrent may be}
     * @param accept the media types that the server is asked for
     * @param maxBytes of the file
     * @param within the whole download is to be over after that
     */
    record Terms(String kind, String accept, long maxBytes, Duration within) {}
}
