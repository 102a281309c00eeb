package net.shoal.api.library;

import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.AddRequest;
import org.osgi.annotation.versioning.ProviderType;

/** Understands what people paste to name content. */
@ProviderType
public interface ContentLinks {
    /**
     * A magnet link, also one that names who publishes and no torrent (BEP 46); the http(s) URL of a {@code .torrent} file, which is fetched
     * within the network scope; a bare infohash (hex, or base32 for v1). Fails with a {@link LinkException} in words for the user, or an
     * {@link IllegalArgumentException} that says what is wrong with the text. May take a minute.
     */
    CompletionStage<AddRequest.Source> resolve(String link);
}
