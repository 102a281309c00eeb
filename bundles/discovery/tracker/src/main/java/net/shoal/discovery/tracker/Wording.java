package net.shoal.discovery.tracker;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;

/** What the network says when there is no connection, in words. */
final class Wording {
    private Wording() {}

    static String of(Throwable problem, InetSocketAddress address) {
        var where = address.getAddress().getHostAddress() + " port " + address.getPort();
        var message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        if (problem instanceof ConnectTimeoutException || message.contains("timed out")) {
            return where + " does not answer";
        }
        if (problem instanceof NoRouteToHostException
                || message.contains("unreachable")
                || message.contains("no route")) {
            return "there is no way to " + where + " from here";
        }
        if (problem instanceof ConnectException && message.contains("refused")) {
            return "nothing listens at " + where;
        }
        return where + ": " + SafeText.of(String.valueOf(problem.getMessage()));
    }
}
