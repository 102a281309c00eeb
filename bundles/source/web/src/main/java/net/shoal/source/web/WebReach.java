package net.shoal.source.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.Reach;
import net.shoal.api.transfer.SourceException;

/**
 * Where the URL of a web seed may lead, beside what {@link Reach} says of every URL. On scope {@code internet} never to this machine or its
 * link, and into the local network only without a query, so that no torrent presses a button there.
 */
record WebReach(Reach reach) {
    /** Those of the addresses that the host of {@code url} resolved to that may be asked. */
    List<InetAddress> permitted(HttpUrl url, List<InetAddress> addresses, Optional<InetAddress> redirectedFrom)
            throws SourceException {
        Function<InetAddress, Optional<String>> refusal = address -> redirectedFrom
                .flatMap(from -> reach.redirectRefusal(from, address))
                .or(() -> refusal(url, address));
        var permitted =
                addresses.stream().filter(each -> refusal.apply(each).isEmpty()).toList();
        if (permitted.isEmpty()) {
            throw SourceException.never(addresses.stream()
                    .flatMap(each -> refusal.apply(each).stream())
                    .findFirst()
                    .orElse("names a host that has no address"));
        }
        return permitted;
    }

    /** @return why it must not be asked at this address */
    Optional<String> refusal(HttpUrl url, InetAddress address) {
        var beyond = reach.refusal(address);
        if (beyond.isPresent() || reach.scope() != NetworkScope.INTERNET) {
            return beyond;
        }
        return switch (Reach.distance(address)) {
            case LOOPBACK -> Optional.of("leads to this machine itself: web seeds there are asked with --net loopback");
            case LINK ->
                Optional.of("leads to " + address.getHostAddress()
                        + ", a link-local address: web seeds there are asked with --net lan");
            case SITE ->
                url.uri().getRawQuery() == null
                        ? Optional.empty()
                        : Optional.of("has a query and leads into the local network: such a web seed is asked with"
                                + " --net lan");
            case WORLD -> Optional.empty();
        };
    }
}
