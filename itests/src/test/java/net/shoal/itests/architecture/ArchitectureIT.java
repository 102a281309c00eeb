package net.shoal.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.shoal.itests.distribution.Distribution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureIT {
    private static List<OurBundle> bundles = List.of();

    @BeforeAll
    static void readManifests() throws IOException {
        bundles = Reactor.ofThisBuild().bundles();
    }

    @Test
    void everyBundleKeepsTheRulesOfTheHouse() {
        assertThat(bundles).hasSizeGreaterThanOrEqualTo(20);
        assertThat(new BundleRules(bundles).sins()).isEmpty();
    }

    @Test
    void everyBundleIsInTheDistribution() throws IOException {
        var shipped = Distribution.ofThisBuild().jarNames();
        assertThat(bundles).allSatisfy(bundle -> assertThat(shipped)
                .as(bundle.path())
                .anyMatch(name -> name.startsWith(bundle.artifactId() + "-")));
    }

    @Test
    void everyPackageSaysWhereItStandsInTheHouse() {
        var sources = Reactor.ofThisBuild().root().resolve("bundles");
        assertThat(bundles).allSatisfy(bundle -> assertThat(bundle.packages())
                .as(bundle.path())
                .allSatisfy(name -> assertThat(sources.resolve(bundle.path())
                                .resolve("src/main/java")
                                .resolve(name.replace('.', '/'))
                                .resolve("package-info.java"))
                        .exists()));
    }
}
