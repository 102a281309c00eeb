package net.shoal.itests.architecture;

import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.util.Map;
import java.util.Set;

/**
 * What the rules look at in one bundle of ours.
 *
 * @param path its folder below {@code bundles}, with {@code /}
 * @param headers of its manifest
 * @param packages that hold a class or a resource, in the jar
 */
record OurBundle(String path, String artifactId, Map<String, String> headers, Set<String> packages) {
    OurBundle {
        headers = Map.copyOf(headers);
        packages = Set.copyOf(packages);
    }

    Layer layer() {
        return Layer.of(path);
    }

    String rootPackage() {
        return "net.shoal." + path.replace('/', '.');
    }

    boolean has(String header) {
        return headers.containsKey(header);
    }

    Parameters header(String name) {
        return OSGiHeader.parseHeader(headers.get(name));
    }
}
