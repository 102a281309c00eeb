package net.shoal.ui.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this machine may be called in a request. A name that is not ours was made to lead here by its owner, whose page would be taken for the
 * console (DNS rebinding); an address cannot be made to.
 */
final class HostNames {
    private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = NUMBER + "(\\." + NUMBER + "){3}";
    private static final String IPV6 = "\\[[0-9a-f:.]{2,45}]";

    private final Set<String> names;

    /** @param names beside localhost */
    HostNames(Collection<String> names) {
        this.names = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param host a header {@code Host}: with a port or without; whichever port, since it may be forwarded */
    boolean includes(String host) {
        var name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
        return name.equals("localhost") || name.matches(IPV4) || name.matches(IPV6) || names.contains(name);
    }
}
