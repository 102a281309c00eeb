package net.shoal.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemPackagesTest {
    @Test
    void splitsAtCommasThatAreNotQuoted() {
        assertThat(SystemPackages.clauses("a;uses:=\"x,y\";version=\"1.0\",b;version=2"))
                .containsExactly("a;uses:=\"x,y\";version=\"1.0\"", "b;version=2");
    }

    @Test
    void keepsVersionsAndDropsTheRest() {
        assertThat(SystemPackages.withVersionOnly("a;b;uses:=\"x;y\";version=\"1.0\";mandatory:=z;attr=1"))
                .isEqualTo("a;b;version=\"1.0\"");
    }

    @Test
    void exportsLoggingUnderBothOfItsVersions() throws IOException {
        var packages = SystemPackages.of(SystemPackages.ofThisProcess());
        assertThat(List.of(packages.split(",")))
                .contains("sun.misc", "org.slf4j;version=\"2.0.17\"", "org.slf4j;version=\"1.7.36\"");
    }
}
