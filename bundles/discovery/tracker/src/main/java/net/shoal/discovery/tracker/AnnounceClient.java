package net.shoal.discovery.tracker;

import java.util.concurrent.CompletionStage;

/** Makes one announce. Ends in an {@link AnnounceReply} or a {@link TrackerFailure}, within a bounded time. */
interface AnnounceClient {
    CompletionStage<AnnounceReply> announce(TrackerUrl url, Family family, AnnounceRequest request);
}
