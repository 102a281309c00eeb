package net.shoal.api.net;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** Something that listens until it is closed. */
public interface Listener {
    /** The address it is bound to, with the port that was chosen. */
    InetSocketAddress local();

    /** Stops listening; channels it gave out live on. */
    CompletionStage<Void> close();
}
