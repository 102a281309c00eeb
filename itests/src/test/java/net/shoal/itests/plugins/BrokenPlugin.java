package net.shoal.itests.plugins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.example.broken.ComponentHangs;
import org.example.broken.ComponentThrows;
import org.example.broken.Halts;
import org.example.broken.Hangs;
import org.example.broken.IsDeaf;
import org.example.broken.Throws;

/** Plugins that do not run, each for its own reason. */
public enum BrokenPlugin {
    /** Its activator fails. */
    THROWS("Bundle-Activator", Throws.class),
    /** What it imports, nobody has. */
    LACKS("Import-Package", "net.shoal.api.dreams;version=\"[1,2)\""),
    /** Its activator waits. */
    HANGS("Bundle-Activator", Hangs.class),
    /** Its activator does not even end when it is interrupted. */
    IS_DEAF("Bundle-Activator", IsDeaf.class),
    /** Its component fails. */
    COMPONENT_THROWS("Service-Component", ComponentThrows.class),
    /** Its component waits. */
    COMPONENT_HANGS("Service-Component", ComponentHangs.class),
    /** It ends the process. */
    HALTS("Bundle-Activator", Halts.class);

    private static final String COMPONENT = "OSGI-INF/component.xml";

    private final String header;
    private final String value;

    BrokenPlugin(String header, String value) {
        this.header = header;
        this.value = value;
    }

    BrokenPlugin(String header, Class<?> type) {
        this(header, type.getName());
    }

    /** As {@code plugins ls} shows it. */
    public String pluginName() {
        return "org.example.broken." + name().toLowerCase(Locale.ROOT);
    }

    public Path write(Path folder) throws IOException {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", pluginName());
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Import-Package", "org.osgi.framework");
        boolean isComponent = header.equals("Service-Component");
        headers.putValue(header, isComponent ? COMPONENT : value);
        var file = folder.resolve(pluginName() + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            if (!header.equals("Import-Package")) {
                put(jar, value.replace('.', '/') + ".class", code());
            }
            if (isComponent) {
                put(jar, COMPONENT, component().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private byte[] code() throws IOException {
        var name = "/" + value.replace('.', '/') + ".class";
        try (var in = Objects.requireNonNull(BrokenPlugin.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private String component() {
        return """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s">
                  <implementation class="%1$s"/>
                  <service><provide interface="java.util.function.Supplier"/></service>
                </scr:component>
                """
                .formatted(value);
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
