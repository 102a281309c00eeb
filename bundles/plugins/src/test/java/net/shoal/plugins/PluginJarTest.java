package net.shoal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.shoal.api.node.PluginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

class PluginJarTest {
    private static final String COMPONENT =
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="org.example.Pack">
              <property name="osgi.command.scope" value="pack"/>
              <property name="osgi.command.function">extract
            ls
              </property>
              <service><provide interface="net.shoal.api.transfer.StorageProvider"/></service>
              <implementation class="org.example.Pack"/>
            </scr:component>
            """;
    private static final String METATYPE =
            """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="x" name="x"/><Designate pid="org.example.pack"><Object ocdref="x"/></Designate>
            </metatype:MetaData>
            """;

    @TempDir
    Path folder;

    private PluginJar read(Jars jar) throws PluginException, IOException {
        return read(jar, JarLimits.DEFAULT);
    }

    private PluginJar read(Jars jar, JarLimits limits) throws PluginException, IOException {
        return PluginJar.read(jar.write(folder.resolve("x.jar")), limits);
    }

    private static Jars pack() {
        return Jars.plugin("org.example.pack", "1.2.3");
    }

    @Test
    void tellsWhatAPluginIsWithoutLoadingIt() throws Exception {
        var jar = read(pack().header("Bundle-Name", "Pack")
                .header("Bundle-Vendor", "Example")
                .header("Bundle-License", "MIT")
                .header("Bundle-Description", "One file a torrent")
                .header("Export-Package", "org.example.pack.api;version=\"1.1\";uses:=\"a,b\"")
                .header(
                        "Import-Package",
                        "net.shoal.api.transfer;version=\"[0.1,0.2)\",x.y;resolution:=optional,org.example.pack.api")
                .header("Provide-Capability", "osgi.service;objectClass:List<String>=\"a.B,a.C\"")
                .entry("OSGI-INF/pack.xml", COMPONENT)
                .entry("OSGI-INF/metatype/x.xml", METATYPE)
                .type("org/example/Pack.class", 61));
        assertThat(jar.name()).isEqualTo("org.example.pack");
        assertThat(jar.version()).isEqualTo(new Version(1, 2, 3));
        var contents = jar.contents();
        assertThat(contents.title()).isEqualTo("Pack");
        assertThat(contents.signer()).isEmpty();
        assertThat(contents.services()).containsExactly("a.B", "a.C", "net.shoal.api.transfer.StorageProvider");
        assertThat(contents.commands()).containsExactly("pack:extract", "pack:ls");
        assertThat(contents.settings()).containsExactly("org.example.pack");
        assertThat(contents.packages()).containsExactly("org.example.pack.api 1.1");
        assertThat(contents.needs()).containsExactly("Java 17", "package net.shoal.api.transfer [0.1.0,0.2.0)");
        assertThat(contents.sha256()).hasSize(64);
        assertThat(jar.ownPackages()).containsExactly("org.example");
    }

    @Test
    void saysInWordsWhatIsLacking() throws Exception {
        var offers = new Offers();
        offers.add(Offers.PACKAGE, Map.of(Offers.PACKAGE, "net.shoal.api.transfer", "version", new Version("0.1.0")));
        offers.add("osgi.ee", Map.of("osgi.ee", "JavaSE", "version", new Version("17")));
        var jar = read(pack().header(
                        "Import-Package",
                        "net.shoal.api.transfer;version=\"[2,3)\",net.shoal.api.dht,net.shoal.api.transfer")
                .header(
                        "Require-Capability",
                        "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\","
                                + "osgi.extender;filter:=\"(osgi.extender=x)\","
                                + "osgi.service;filter:=\"(objectClass=y)\";effective:=active")
                .type("org/example/Pack.class", 143));
        assertThat(jar.lacks(offers))
                .containsExactly(
                        "it needs package net.shoal.api.transfer in a version of [2.0.0,3.0.0); this node has 0.1.0",
                        "it needs package net.shoal.api.dht, which this node does not have",
                        "it needs Java 99; this node runs on Java "
                                + Runtime.version().feature(),
                        "it needs osgi.extender (osgi.extender=x), which this node does not have",
                        "its classes are made for Java 99; this node runs on Java "
                                + Runtime.version().feature());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fragment-Host          | org.apache.felix.scr     | it is a fragment",
                "Fragment-Host          | system.bundle;extension:=framework | it is a fragment",
                "Require-Bundle         | net.shoal.engine         | asks for whole bundles",
                "DynamicImport-Package  | *                        | import packages unseen",
                "Bundle-SymbolicName    | net.shoal.engine         | names that begin with net.shoal.",
                "Bundle-SymbolicName    | ../../x                  | is no name of letters",
                "Bundle-SymbolicName    | a..b                     | is no name of letters",
                "Bundle-ManifestVersion | 1                        | it is no OSGi bundle",
                "Bundle-Version         | one                      | Bundle-Version",
                "Import-Package         | a;version=\"[1\"         | cannot be understood",
                "Require-Capability     | a;filter:=\"((\"         | cannot be understood"
            })
    void refusesWhatNoPluginMayBe(String header, String value, String words) {
        assertThatThrownBy(() -> read(pack().header(header, value)))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net/shoal/api/transfer/StorageProvider.class",
                "java/lang/String.class",
                "org/osgi/framework/Bundle.class"
            })
    void refusesCopiesOfWhatTheNodeHas(String entry) {
        assertThatThrownBy(() -> read(pack().type(entry, 61))).hasMessageContaining("has a copy of");
    }

    @Test
    void refusesSettingsOfOthers() {
        assertThatThrownBy(() -> read(
                        pack().entry("OSGI-INF/metatype/x.xml", METATYPE.replace("org.example.pack", "net.shoal.net"))))
                .hasMessageContaining("settings net.shoal.net, which are not its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/../../b", "a\\..\\b"})
    void refusesNamesThatLeadElsewhere(String name) {
        assertThatThrownBy(() -> read(pack().entry(name, "x"))).hasMessageContaining("leads elsewhere");
    }

    @Test
    void refusesWhatIsTooMuchBeforeItIsUnpacked() {
        var limits = new JarLimits(64 << 10, 50, 1 << 20, 10_000);
        assertThatThrownBy(() -> read(pack().entry("bomb", new byte[2 << 20]), limits))
                .hasMessageContaining("unpacked it is larger than 1 MiB");
        assertThatThrownBy(() -> read(pack().entry("OSGI-INF/a.xml", new byte[20_000]), limits))
                .hasMessageContaining("OSGI-INF/a.xml is too large");
        var many = pack();
        for (int i = 0; i < 60; i++) {
            many.entry("e" + i, "x");
        }
        assertThatThrownBy(() -> read(many, limits)).hasMessageContaining("more than 50");
        assertThatThrownBy(() -> read(pack().header("Bundle-Description", "x".repeat(20_000)), limits))
                .hasMessageContaining("META-INF/MANIFEST.MF is too large");
    }

    @Test
    void refusesADirectoryThatLiesAboutSizes() throws Exception {
        var bytes = pack().entry("bomb", new byte[1 << 20]).bytes();
        // the size in the central directory, 24 bytes into the last header, whose name is "bomb"
        int name = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("bomb");
        bytes[name - 46 + 24 + 2] = 0;
        var file = Files.write(folder.resolve("liar.jar"), bytes);
        var limits = new JarLimits(64 << 10, 50, 1 << 16, 10_000);
        assertThatThrownBy(() -> PluginJar.read(file, limits)).hasMessageContaining("unpacked it is larger");
    }

    @Test
    void refusesTwoEntriesOfOneName() throws Exception {
        var text = new String(pack().entry("aaaa", "1").entry("aaab", "2").bytes(), StandardCharsets.ISO_8859_1);
        var file = Files.write(
                folder.resolve("twice.jar"), text.replace("aaab", "aaaa").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PluginJar.read(file, JarLimits.DEFAULT)).hasMessageContaining("two entries aaaa");
    }

    @Test
    void refusesWhatIsNoJar() throws Exception {
        var text = Files.writeString(folder.resolve("x.txt"), "hello");
        assertThatThrownBy(() -> PluginJar.read(text, JarLimits.DEFAULT))
                .hasMessageContaining("no jar that can be read");
        assertThatThrownBy(() -> read(pack().without("Bundle-SymbolicName"))).hasMessageContaining("no OSGi bundle");
    }

    @Test
    void readsNoEntitiesOfADocument() {
        var xml = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
        assertThatThrownBy(() -> read(pack().entry("OSGI-INF/x.xml", xml)))
                .hasMessageContaining("OSGI-INF/x.xml cannot be read");
    }
}
