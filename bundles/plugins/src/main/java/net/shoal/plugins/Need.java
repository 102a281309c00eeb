package net.shoal.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** What a plugin must find in the node to run. */
sealed interface Need {
    String words();

    /** What is missing, a sentence; nothing where it is there. */
    Optional<String> lack(Offers offers);

    /** Of an {@code Import-Package} header and a {@code Require-Capability} header; what is optional is no need. */
    static List<Need> of(Headers headers, int classVersion) {
        var own = headers.clauses("Export-Package").stream()
                .flatMap(clause -> clause.names().stream())
                .collect(Collectors.toSet());
        var needs = new ArrayList<Need>();
        try {
            for (var clause : headers.clauses("Import-Package")) {
                if (!clause.isOptional()) {
                    var range = new VersionRange(clause.attributes().getOrDefault("version", "0"));
                    clause.names().stream()
                            .filter(name -> !own.contains(name) && !name.startsWith("java."))
                            .forEach(name -> needs.add(new OfPackage(name, range)));
                }
            }
            for (var clause : headers.clauses("Require-Capability")) {
                boolean isForResolving = "resolve".equals(clause.directives().getOrDefault("effective", "resolve"));
                if (!clause.isOptional() && isForResolving) {
                    var filter = FrameworkUtil.createFilter(clause.directives().getOrDefault("filter", "(!(-=-))"));
                    clause.names().forEach(name -> needs.add(new OfCapability(name, filter)));
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        needs.add(new OfJava(classVersion));
        return List.copyOf(needs);
    }

    /** A package of another bundle. */
    record OfPackage(String name, VersionRange range) implements Need {
        @Override
        public String words() {
            return range.equals(new VersionRange("0")) ? "package " + name : "package " + name + " " + range;
        }

        @Override
        public Optional<String> lack(Offers offers) {
            var versions = offers.packages(name).stream()
                    .map(attributes -> attributes.getOrDefault("version", Version.emptyVersion))
                    .map(version -> Version.parseVersion(version.toString()))
                    .distinct()
                    .sorted()
                    .toList();
            if (versions.isEmpty()) {
                return Optional.of("it needs package " + name + ", which this node does not have");
            }
            return versions.stream().anyMatch(range::includes)
                    ? Optional.empty()
                    : Optional.of("it needs package " + name + " in a version of " + range + "; this node has "
                            + versions.stream().map(Version::toString).collect(Collectors.joining(" and ")));
        }
    }

    /** Something else that resolving asks for. */
    record OfCapability(String namespace, Filter filter) implements Need {
        private static final Pattern JAVA =
                Pattern.compile("\\(osgi\\.ee=JavaSE\\).*?\\(version>?=([0-9.]+)\\)", Pattern.DOTALL);

        @Override
        public String words() {
            var java = JAVA.matcher(filter.toString());
            return java.find() ? "Java " + java.group(1) : namespace + " " + filter;
        }

        @Override
        public Optional<String> lack(Offers offers) {
            if (offers.in(namespace).stream().anyMatch(filter::matches)) {
                return Optional.empty();
            }
            var java = JAVA.matcher(filter.toString());
            return Optional.of(
                    java.find()
                            ? "it needs Java " + java.group(1) + "; this node runs on Java "
                                    + Runtime.version().feature()
                            : "it needs " + words() + ", which this node does not have");
        }
    }

    /** A Java that can load its classes. */
    record OfJava(int classVersion) implements Need {
        /** Class files of Java 1 have major version 45 (JVMS, table 4.1-A). */
        private static final int BEFORE_FIRST = 44;

        @Override
        public String words() {
            return classVersion == 0 ? "" : "Java " + (classVersion - BEFORE_FIRST);
        }

        @Override
        public Optional<String> lack(Offers offers) {
            int java = Runtime.version().feature();
            return classVersion - BEFORE_FIRST <= java
                    ? Optional.empty()
                    : Optional.of("its classes are made for Java " + (classVersion - BEFORE_FIRST)
                            + "; this node runs on Java " + java);
        }
    }
}
