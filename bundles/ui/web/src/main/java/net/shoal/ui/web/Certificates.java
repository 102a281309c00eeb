package net.shoal.ui.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import net.shoal.api.node.StateFile;

/** Certificate and key for HTTPS, in a key store for Jetty: given ones, or such as are made here. */
final class Certificates {
    /** Guards nothing: the folder it lies in is the user's alone, and Jetty has to be able to open it. */
    private static final String PASSWORD = "shoal-console";

    private static final String ALIAS = "console";
    /** Browsers take no longer ones. */
    private static final Duration LIFE = Duration.ofDays(397);

    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    private final Path folder;
    private final SecureRandom random;
    private final Clock clock;

    /** A key store of type PKCS 12. */
    record Store(Path file, String password) {}

    Certificates(Path folder, SecureRandom random, Clock clock) {
        this.folder = folder;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The one made here before, or a new one where that is about to end or lacks a name.
     *
     * @param more names that only a new one is to have: an address that changes is no reason to make one, which users have to accept again
     */
    Store own(Set<String> names, Set<String> more) throws IOException {
        var file = folder.resolve("own.p12");
        try {
            if (!Files.exists(file) || !isGood(file, names)) {
                var all = new TreeSet<>(names);
                all.addAll(more);
                var made = SelfSigned.make(all, LIFE, random, clock);
                save(file, made.key(), made.certificate());
            }
            return new Store(file, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate for HTTPS cannot be made: " + e.getMessage(), e);
        }
    }

    private boolean isGood(Path file, Collection<String> names) throws GeneralSecurityException {
        try {
            return load(file, PASSWORD).getCertificate(ALIAS) instanceof X509Certificate certificate
                    && certificate
                            .getNotAfter()
                            .toInstant()
                            .isAfter(clock.instant().plus(RENEWED_BEFORE))
                    && SelfSigned.names(certificate).containsAll(names);
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws IOException if it is neither PEM nor PKCS 12 with a certificate and its key, in words */
    Store given(Path file, String password) throws IOException {
        try {
            if (Pem.isOne(file)) {
                var pem = Pem.read(file);
                var copy = folder.resolve("given.p12");
                save(copy, pem.key(), pem.chain().toArray(Certificate[]::new));
                return new Store(copy, PASSWORD);
            }
            var store = load(file, password);
            for (var alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return new Store(file, password);
                }
            }
            throw new IOException("it has no key");
        } catch (GeneralSecurityException | IOException | RuntimeException e) { // the last of a reader of PEM
            throw new IOException("the certificate " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore load(Path file, String password) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private static void save(Path file, PrivateKey key, Certificate... chain)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key, PASSWORD.toCharArray(), chain);
        var bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        StateFile.replaceSecret(file, bytes.toByteArray());
    }
}
