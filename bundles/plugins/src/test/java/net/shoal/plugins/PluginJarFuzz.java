package net.shoal.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import net.shoal.api.node.PluginException;
import net.shoal.fuzzing.Cost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is taken for a jar is refused with a sentence, or read. */
class PluginJarFuzz {
    private static final long SEED = 20_261_122;
    private static final JarLimits LIMITS = new JarLimits(1 << 20, 100, 1 << 20, 1 << 16);
    private static final List<String> TOKENS = List.of(
            "\"", ";", ",", ":=", "=", "[1,2)", "\n ", "<!DOCTYPE", "<x>", "PK\1\2", "PK\3\4", "../", "\0\0\0\0");

    @TempDir
    Path folder;

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] input) throws IOException {
        var file = Files.createTempFile("fuzz", ".jar");
        try {
            check(Files.write(file, input));
        } finally {
            Files.delete(file);
        }
    }

    /** Stored, not deflated, so that a changed byte is a changed letter and the checksum is all that stands in the way. */
    @Test
    void mutatedHeadersAreReadOrRefused() throws IOException {
        var random = new SplittableRandom(SEED);
        int accepted = 0;
        for (int i = 0; i < 500; i++) {
            var file = Jars.plugin(mutate(random, "org.example.pack;singleton:=true"), mutate(random, "1.2.3.x"))
                    .header("Import-Package", mutate(random, "a.b;version=\"[1,2)\",c;d;resolution:=optional"))
                    .header("Require-Capability", mutate(random, "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\""))
                    .entry(
                            "OSGI-INF/a.xml",
                            mutate(random, "<component name='x'><property name='a' value='b'/></component>"))
                    .type("org/example/A.class", random.nextInt(100))
                    .write(folder.resolve("m.jar"));
            accepted += check(file) ? 1 : 0;
        }
        assertThat(accepted).isBetween(50, 450);
    }

    @Test
    void mutatedArchivesAreReadOrRefused() throws IOException {
        var random = new SplittableRandom(SEED);
        var seed = Jars.plugin("org.example.pack", "1.0.0")
                .entry("a/b.txt", "text")
                .type("a/B.class", 61)
                .bytes();
        int accepted = 0;
        for (int i = 0; i < 1_000; i++) {
            var bytes = seed.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            accepted += check(Files.write(folder.resolve("m.jar"), bytes)) ? 1 : 0;
        }
        assertThat(accepted).isBetween(100, 950);
    }

    private static String mutate(SplittableRandom random, String text) {
        if (random.nextInt(3) > 0) {
            return text;
        }
        int at = random.nextInt(text.length());
        var token = random.nextBoolean()
                ? TOKENS.get(random.nextInt(TOKENS.size()))
                : String.valueOf((char) random.nextInt(1, 255));
        var mutated = text.substring(0, at) + token + text.substring(Math.min(text.length(), at + random.nextInt(3)));
        return mutated.replaceAll("[\n\r\0]", "?");
    }

    private static boolean check(Path file) throws IOException {
        boolean[] accepted = new boolean[1];
        Cost.within((int) Files.size(file), () -> accepted[0] = isAccepted(file));
        return accepted[0];
    }

    private static boolean isAccepted(Path file) {
        try {
            var jar = PluginJar.read(file, LIMITS);
            assertThat(jar.name()).matches("[A-Za-z0-9._-]+").doesNotContain("..");
            assertThat(jar.lacks(new Offers())).allMatch(lack -> !lack.isEmpty());
            return true;
        } catch (PluginException e) {
            assertThat(e.getMessage()).isNotEmpty();
            assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
