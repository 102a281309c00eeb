package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;
import net.shoal.itests.interop.NetworkNamespace;
import net.shoal.itests.interop.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console that other machines can reach, asked by curl over a real socket in a network of its own. */
class HttpsIT {
    private static final int SECONDS = 60;
    private static final String PASSWORD = "correct horse";
    /** What curl ends with. */
    private static final int UNTRUSTED = 60;

    @TempDir
    Path folder;

    private NetworkNamespace network;
    private String host;

    @BeforeEach
    void aPasswordIsSet() throws Exception {
        Programs.require("curl", "curl");
        network = NetworkNamespace.create();
        host = network.newAddress();
        try (var node = start("--net", "loopback", "--console", "127.0.0.1:0")) {
            node.console();
            ConsolePassword.set(node, PASSWORD);
        }
    }

    @AfterEach
    void close() {
        network.close();
    }

    private NodeProcess start(String... options) throws IOException {
        var all = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
        all.addAll(List.of(options));
        return NodeProcess.start(folder.resolve("home"), network::inside, all.toArray(String[]::new));
    }

    private NodeProcess startForOthers(String... options) throws IOException {
        var all = new ArrayList<>(List.of("--net", "lan", "--console", host + ":0"));
        all.addAll(List.of(options));
        return start(all.toArray(String[]::new));
    }

    /** @param output head and body, as they came */
    private record Asked(int exit, String output) {
        int status() {
            return exit == 0 ? Integer.parseInt(output.substring(9, 12)) : 0;
        }
    }

    private Asked curl(Object... arguments) throws Exception {
        var command = new ArrayList<>(List.of("curl", "--silent", "--include", "--http1.1", "--max-time", "30"));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var out = folder.resolve("curl.out");
        var process = Running.start(new ProcessBuilder(network.inside(command))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile()));
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Asked(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }

    private Asked signIn(URI console, Path trusted) throws Exception {
        var origin = console.toString().substring(0, console.toString().length() - 1);
        return curl(
                "--cacert",
                trusted,
                "--cookie-jar",
                folder.resolve("cookies"),
                "--header",
                "Origin: " + origin,
                "--data-urlencode",
                "password=" + PASSWORD,
                console.resolve("/login"));
    }

    private static Path pem(Path file, Object... parts) throws Exception {
        var text = new StringBuilder();
        for (var part : parts) {
            boolean isKey = part instanceof Key;
            var name = isKey ? "PRIVATE KEY" : "CERTIFICATE";
            var bytes = isKey ? ((Key) part).getEncoded() : ((java.security.cert.Certificate) part).getEncoded();
            text.append("-----BEGIN ").append(name).append("-----\n");
            text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
            text.append("\n-----END ").append(name).append("-----\n");
        }
        return Files.writeString(file, text);
    }

    private static KeyStore keyStore(Path file, String password) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    @Test
    void whereOthersCanReachItItIsHttpsWithACertificateOfItsOwn() throws Exception {
        try (var node = startForOthers()) {
            var console = node.console();
            assertThat(console.toString()).startsWith("https://" + host + ":");
            assertThat(curl(console.resolve("/login")).exit()).isEqualTo(UNTRUSTED);
            // whoever has accepted it
            var store = keyStore(folder.resolve("home/state/console/own.p12"), "shoal-console");
            var own = pem(folder.resolve("own.pem"), store.getCertificate("console"));
            var page = curl("--cacert", own, console.resolve("/login"));
            assertThat(page.status()).as(page.output()).isEqualTo(200);
            assertThat(page.output()).contains("type=\"password\"");
            assertThat(page.output().toLowerCase(Locale.ROOT))
                    .as("it would hold for everything at this address")
                    .doesNotContain("strict-transport-security");
            var entered = signIn(console, own);
            assertThat(entered.status()).as(entered.output()).isEqualTo(200);
            assertThat(entered.output())
                    .containsPattern("(?i)set-cookie: shoal-[^\r\n]*; HttpOnly; SameSite=Strict; Secure");
            var cookies = folder.resolve("cookies");
            assertThat(curl("--cacert", own, "--cookie", cookies, console.resolve("/api/v1/session"))
                            .output())
                    .contains("\"secure\":true");
            assertThat(curl("--cacert", own, console.resolve("/api/v1/session")).status())
                    .isEqualTo(401);
            assertThat(curl("--cacert", own, "--cookie", cookies, "--header", "Host: elsewhere.example", console)
                            .status())
                    .as("no name of the certificate, so the door is not even asked")
                    .isEqualTo(400);
            assertThat(curl(
                                    "--cacert",
                                    own,
                                    "--cookie",
                                    cookies,
                                    "--header",
                                    "Origin: https://elsewhere.example",
                                    console)
                            .status())
                    .isEqualTo(403);
            var plain = curl("--cookie", cookies, console.toString().replace("https:", "http:"));
            assertThat(plain.exit()).as(plain.output()).isNotZero();
            assertThat(node.control().results("console").get(0).path("url").asText())
                    .startsWith(console + "login?token=");
        }
    }

    @Test
    void aCertificateOfTheUsersIsServed() throws Exception {
        var made = folder.resolve("made.p12");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(("-genkeypair -alias nas -keyalg EC -groupname secp256r1 -dname CN=nas -validity 30"
                        + " -storetype PKCS12 -storepass changeit -ext san=dns:nas.home,ip:" + host)
                .split(" ")));
        command.addAll(List.of("-keystore", made.toString()));
        var keytool = Running.start(new ProcessBuilder(command).redirectErrorStream(true));
        assertThat(keytool.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        var store = keyStore(made, "changeit");
        var certificate = store.getCertificate("nas");
        var given = pem(folder.resolve("given.pem"), store.getKey("nas", "changeit".toCharArray()), certificate);
        var trusted = pem(folder.resolve("trusted.pem"), certificate);
        try (var node = startForOthers(
                "--set", "net.shoal.ui.web:certificate=" + given, "--set", "net.shoal.ui.web:hosts=nas.home")) {
            var console = node.console();
            assertThat(signIn(console, trusted).status()).isEqualTo(200);
            var byName = console.toString().replace(host, "nas.home");
            var resolved = "nas.home:" + console.getPort() + ":" + host;
            assertThat(curl("--cacert", trusted, "--resolve", resolved, byName + "login")
                            .status())
                    .isEqualTo(200);
        }
    }
}
