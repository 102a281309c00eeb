package net.shoal.ui.web;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the console speaks HTTPS, and by which certificate: always where others can reach it, else where one is given. */
final class HttpsChoice {
    private final Certificates certificates;

    HttpsChoice(Certificates certificates) {
        this.certificates = certificates;
    }

    Optional<Certificates.Store> of(ConsolePlace place, DoorSettings settings) throws IOException {
        if (settings.certificate().isPresent()) {
            var file = Path.of(settings.certificate().get());
            return Optional.of(certificates.given(file, settings.certificatePassword()));
        }
        return place.isForOthers() ? Optional.of(own(place, settings)) : Optional.empty();
    }

    private Certificates.Store own(ConsolePlace place, DoorSettings settings) throws IOException {
        var names = new TreeSet<>(settings.hosts());
        names.add("localhost");
        names.add("127.0.0.1");
        if (!place.host().isAnyLocalAddress()) {
            names.add(text(place.host()));
            return certificates.own(names, Set.of());
        }
        // the web server refuses whoever asks for an address that the certificate lacks; those of IPv6 change by
        // themselves (RFC 8981)
        names.addAll(addresses(Inet4Address.class));
        return certificates.own(names, addresses(Inet6Address.class));
    }

    /** Of this machine, at present. */
    private static Set<String> addresses(Class<? extends InetAddress> family) throws IOException {
        var found = new TreeSet<String>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(family::isInstance)
                .filter(address -> !address.isLinkLocalAddress())
                .map(HttpsChoice::text)
                .forEach(found::add);
        return found;
    }

    /** As certificates give it back. */
    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }
}
