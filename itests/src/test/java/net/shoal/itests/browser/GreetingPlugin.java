package net.shoal.itests.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.example.greeting.Greeting;

/** A bundle that adds a page to the console, as a plugin's maker would write it. */
public final class GreetingPlugin {
    public static final String NAME = "org.example.greeting";

    private static final String MODULE =
            """
            import {LitElement, html, icon} from 'shoal/kit.js';

            customElements.define('example-greeting', class extends LitElement {
              createRenderRoot() { return this; }
              render() {
                return html`<div class="card stack"><h2>Hello from a plugin</h2><p class="soft">It looks at home.</p>
                  <p class="line"><button class="button primary">${icon('check')}Fine</button></p></div>`;
              }
            });
            """;

    private GreetingPlugin() {}

    public static Path write(Path folder) throws IOException {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", NAME);
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Bundle-Activator", Greeting.class.getName());
        headers.putValue("Import-Package", "org.osgi.framework,net.shoal.api.console");
        var file = folder.resolve(NAME + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            var name = Greeting.class.getName().replace('.', '/') + ".class";
            try (var code = Objects.requireNonNull(GreetingPlugin.class.getResourceAsStream("/" + name), name)) {
                put(jar, name, code.readAllBytes());
            }
            put(jar, "web/page.js", MODULE.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
