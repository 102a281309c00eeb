package net.shoal.itests.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules of architecture.md about bundles. Each gives a sentence for each sin it finds. */
final class BundleRules {
    private static final String OURS = "net.shoal.";
    private static final List<String> FORBIDDEN_HEADERS =
            List.of("Require-Bundle", "DynamicImport-Package", "Fragment-Host");

    private final List<OurBundle> bundles;
    private final Map<String, OurBundle> owners;

    BundleRules(List<OurBundle> bundles) {
        this.bundles = List.copyOf(bundles);
        this.owners = bundles.stream()
                .flatMap(b -> b.packages().stream().map(p -> Map.entry(p, b)))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    List<String> sins() {
        var sins = new ArrayList<String>();
        bundles.forEach(bundle -> {
            names(bundle, sins);
            headers(bundle, sins);
            exports(bundle, sins);
            arrows(bundle, sins);
        });
        splits(sins);
        return sins;
    }

    private static void names(OurBundle bundle, List<String> sins) {
        var artifactId = "shoal-" + bundle.path().replace('/', '-');
        if (!bundle.artifactId().equals(artifactId)) {
            sins.add("%s: its artifactId is %s and should be %s"
                    .formatted(bundle.path(), bundle.artifactId(), artifactId));
        }
        var name = String.join(",", bundle.header("Bundle-SymbolicName").keySet());
        if (!name.equals(bundle.rootPackage())) {
            sins.add("%s: its Bundle-SymbolicName is '%s' and should be its root package %s"
                    .formatted(bundle.path(), name, bundle.rootPackage()));
        }
        bundle.packages().stream()
                .filter(p -> !p.equals(bundle.rootPackage()) && !p.startsWith(bundle.rootPackage() + "."))
                .forEach(p ->
                        sins.add("%s: package %s lies outside %s".formatted(bundle.path(), p, bundle.rootPackage())));
    }

    private static void headers(OurBundle bundle, List<String> sins) {
        FORBIDDEN_HEADERS.stream()
                .filter(bundle::has)
                .forEach(header -> sins.add(
                        "%s: has %s; bundles meet through packages and services".formatted(bundle.path(), header)));
    }

    private static void exports(OurBundle bundle, List<String> sins) {
        bundle.header("Export-Package").forEach((exported, attributes) -> {
            if (attributes.getVersion() == null) {
                sins.add("%s: exports %s without a version".formatted(bundle.path(), exported));
            }
            if (bundle.layer() == Layer.IMPLEMENTATION) {
                sins.add("%s: exports %s; only api and base export".formatted(bundle.path(), exported));
            }
        });
    }

    private void arrows(OurBundle bundle, List<String> sins) {
        bundle.header("Import-Package").keySet().stream()
                .filter(imported -> imported.startsWith(OURS))
                .flatMap(imported -> wrongArrow(bundle, imported))
                .forEach(sins::add);
    }

    private Stream<String> wrongArrow(OurBundle from, String imported) {
        var to = owners.get(imported);
        if (to == null) {
            return Stream.of("%s: imports %s, which no bundle has".formatted(from.path(), imported));
        }
        if (to.equals(from) || from.layer().maySee().contains(to.layer())) {
            return Stream.empty();
        }
        return Stream.of("%s: imports %s of %s; arrows go implementation -> api -> base"
                .formatted(from.path(), imported, to.path()));
    }

    private void splits(List<String> sins) {
        var homes = bundles.stream()
                .flatMap(b -> b.packages().stream().map(p -> Map.entry(p, b.path())))
                .collect(groupingBy(Map.Entry::getKey, TreeMap::new, java.util.stream.Collectors.toList()));
        homes.forEach((name, where) -> {
            if (where.size() > 1) {
                sins.add("package %s is split between %s"
                        .formatted(
                                name,
                                where.stream().map(Map.Entry::getValue).sorted().collect(joining(" and "))));
            }
        });
    }
}
