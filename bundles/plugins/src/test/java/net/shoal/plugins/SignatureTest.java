package net.shoal.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import net.shoal.api.node.PluginException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private static KeyStore.PrivateKeyEntry alice;
    private static KeyStore.PrivateKeyEntry bob;

    @BeforeAll
    static void makeKeys() throws Exception {
        alice = key("Alice");
        bob = key("Bob");
    }

    private static KeyStore.PrivateKeyEntry key(String name) throws Exception {
        var file = keys.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit"))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        var store = KeyStore.getInstance(file.toFile(), PASSWORD);
        return (KeyStore.PrivateKeyEntry) store.getEntry(name, new KeyStore.PasswordProtection(PASSWORD));
    }

    private static Jars plugin() {
        return Jars.plugin("org.example.pack", "1.0.0").entry("a.txt", "one").entry("b.txt", "two");
    }

    private Path signed(Path jar, KeyStore.PrivateKeyEntry by, String as) throws IOException {
        var file = folder.resolve("signed-" + as + ".jar");
        try (var zip = new ZipFile(jar.toFile());
                var out = Files.newOutputStream(file)) {
            new JarSigner.Builder(by).signerName(as).build().sign(zip, out);
        }
        return file;
    }

    private Path signedByAlice() throws IOException {
        return signed(plugin().write(folder.resolve("plain.jar")), alice, "ALICE");
    }

    /** Copies a jar entry by entry; {@code change} gives the new text of one, or null to leave it out. */
    private Path rewritten(Path jar, String entry, UnaryOperator<String> change) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(Files.newInputStream(jar));
                var out = new ZipOutputStream(bytes)) {
            for (var next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
                copy(next.getName(), in, entry, change, out);
            }
            if (entry.equals("added.txt")) {
                put(out, entry, change.apply("").getBytes(UTF_8));
            }
        }
        return Files.write(folder.resolve("rewritten.jar"), bytes.toByteArray());
    }

    private static void copy(
            String name, InputStream in, String entry, UnaryOperator<String> change, ZipOutputStream out)
            throws IOException {
        var content = in.readAllBytes();
        if (!name.equals(entry)) {
            put(out, name, content);
            return;
        }
        var changed = change.apply(new String(content, UTF_8));
        if (changed != null) {
            put(out, name, changed.getBytes(UTF_8));
        }
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static PluginJar read(Path jar) throws PluginException, IOException {
        return PluginJar.read(jar, JarLimits.DEFAULT);
    }

    @Test
    void namesWhoSignedTheWhole() throws Exception {
        assertThat(read(signedByAlice()).contents().signer())
                .get()
                .asString()
                .matches("CN=Alice \\(certificate [0-9a-f:]{23}…\\)");
    }

    @Test
    void refusesAnEntryThatWasChanged() throws Exception {
        var jar = rewritten(signedByAlice(), "a.txt", text -> "evil");
        assertThatThrownBy(() -> read(jar)).hasMessageContaining("changed after it was signed");
    }

    @Test
    void refusesAnEntryThatWasPutIn() throws Exception {
        var jar = rewritten(signedByAlice(), "added.txt", text -> "evil");
        assertThatThrownBy(() -> read(jar)).hasMessageContaining("not its entry added.txt");
    }

    @Test
    void refusesAnEntryThatWasTakenOut() throws Exception {
        var jar = rewritten(signedByAlice(), "a.txt", text -> null);
        assertThatThrownBy(() -> read(jar)).hasMessageContaining("a.txt was taken out");
    }

    @Test
    void refusesAManifestThatWasChanged() throws Exception {
        var jar = rewritten(signedByAlice(), "META-INF/MANIFEST.MF", text -> text.replace("1.0.0", "6.6.6"));
        assertThatThrownBy(() -> read(jar)).isInstanceOf(PluginException.class);
    }

    @Test
    void namesOneOfTwoWhoBothSigned() throws Exception {
        var both = signed(signedByAlice(), bob, "BOB");
        assertThat(read(both).contents().signer()).isPresent();
    }

    @Test
    void takesAStrippedSignatureForNone() throws Exception {
        var jar = rewritten(
                rewritten(signedByAlice(), "META-INF/ALICE.SF", text -> null), "META-INF/ALICE.EC", text -> null);
        assertThat(read(jar).contents().signer()).isEmpty();
    }
}
