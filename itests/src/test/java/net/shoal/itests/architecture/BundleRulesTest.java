package net.shoal.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rule that catches nothing is worse than none: each is shown the sin it is there for. */
class BundleRulesTest {
    private static final OurBundle MODEL =
            bundle("base/model", Map.of("Export-Package", "net.shoal.base.model;version=\"0.1.0\""));
    private static final OurBundle API = bundle(
            "api/net",
            Map.of(
                    "Export-Package",
                            "net.shoal.api.net;version=\"0.1.0\";uses:=\"net.shoal.base.model,io.netty.channel\"",
                    "Import-Package", "net.shoal.base.model;version=\"[0.1,1)\",net.shoal.api.net,io.netty.channel"));
    private static final OurBundle TCP = bundle(
            "transport/tcp",
            Map.of("Import-Package", "net.shoal.api.net;version=\"[0.1,0.2)\",net.shoal.base.model,org.slf4j"));

    @Test
    void findsNothingWrongWithAHouseInOrder() {
        assertThat(sins(MODEL, API, TCP)).isEmpty();
    }

    @Test
    void refusesAnArrowFromBaseToApi() {
        assertSin(
                bundle("base/wire", Map.of("Import-Package", "net.shoal.api.net")),
                "imports net.shoal.api.net of api/net");
    }

    @Test
    void refusesAnArrowFromApiToAnImplementation() {
        assertSin(
                bundle("api/library", Map.of("Import-Package", "net.shoal.transport.tcp")),
                "imports net.shoal.transport.tcp");
    }

    @Test
    void refusesAnArrowFromAnImplementationToAnother() {
        assertSin(
                bundle("net", Map.of("Import-Package", "net.shoal.transport.tcp")),
                "imports net.shoal.transport.tcp of transport/tcp");
    }

    @Test
    void refusesAnArrowFromTheUserInterfaceToAnImplementation() {
        assertSin(
                bundle("ui/shell", Map.of("Import-Package", "net.shoal.transport.tcp;resolution:=optional")),
                "ui/shell: imports");
    }

    @Test
    void refusesAnImportThatNobodyHas() {
        assertSin(bundle("net", Map.of("Import-Package", "net.shoal.api.gone")), "which no bundle has");
    }

    @Test
    void refusesRequireBundle() {
        assertSin(bundle("net", Map.of("Require-Bundle", "net.shoal.base.model")), "has Require-Bundle");
    }

    @Test
    void refusesDynamicImports() {
        assertSin(bundle("net", Map.of("DynamicImport-Package", "*")), "has DynamicImport-Package");
    }

    @Test
    void refusesFragmentsOfOurOwn() {
        assertSin(bundle("net", Map.of("Fragment-Host", "net.shoal.api.net")), "has Fragment-Host");
    }

    @Test
    void refusesAnExportWithoutAVersion() {
        assertSin(
                bundle("api/dht", Map.of("Export-Package", "net.shoal.api.dht")),
                "exports net.shoal.api.dht without a version");
    }

    @Test
    void refusesAnImplementationThatExports() {
        assertSin(bundle("net", Map.of("Export-Package", "net.shoal.net;version=1")), "only api and base export");
    }

    @Test
    void refusesASplitPackage() {
        var copy = new OurBundle("engine", "shoal-engine", names("engine", Map.of()), Set.of("net.shoal.api.net"));
        assertSin(copy, "package net.shoal.api.net is split between api/net and engine");
    }

    @Test
    void refusesASymbolicNameThatIsNotTheRootPackage() {
        assertSin(
                bundle("net", Map.of("Bundle-SymbolicName", "net.shoal.front")),
                "should be its root package net.shoal.net");
    }

    @Test
    void refusesABundleWithoutASymbolicName() {
        assertSin(new OurBundle("net", "shoal-net", Map.of(), Set.of()), "its Bundle-SymbolicName is ''");
    }

    @Test
    void refusesAPackageOutsideTheRootPackage() {
        var stray = new OurBundle("net", "shoal-net", names("net", Map.of()), Set.of("net.shoal.network"));
        assertSin(stray, "package net.shoal.network lies outside net.shoal.net");
    }

    @Test
    void refusesAnArtifactIdThatIsNotThePath() {
        var misnamed = new OurBundle("secure/tls", "shoal-tls", names("secure/tls", Map.of()), Set.of());
        assertSin(misnamed, "its artifactId is shoal-tls and should be shoal-secure-tls");
    }

    private static void assertSin(OurBundle sinner, String words) {
        assertThat(sins(MODEL, API, TCP, sinner))
                .anySatisfy(sin -> assertThat(sin).contains(words));
    }

    private static List<String> sins(OurBundle... bundles) {
        return new BundleRules(List.of(bundles)).sins();
    }

    private static OurBundle bundle(String path, Map<String, String> headers) {
        return new OurBundle(
                path,
                "shoal-" + path.replace('/', '-'),
                names(path, headers),
                Set.of("net.shoal." + path.replace('/', '.')));
    }

    private static Map<String, String> names(String path, Map<String, String> headers) {
        var all = new HashMap<>(Map.of("Bundle-SymbolicName", "net.shoal." + path.replace('/', '.')));
        all.putAll(headers);
        return all;
    }
}
