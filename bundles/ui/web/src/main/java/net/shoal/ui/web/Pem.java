package net.shoal.ui.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Certificates and their key in one PEM file (RFC 7468), as web servers have them.
 *
 * @param chain the server's own first
 */
record Pem(PrivateKey key, List<X509Certificate> chain) {
    private static final long LARGEST = 1 << 20;
    private static final String BEGIN = "-----BEGIN ";

    static boolean isOne(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it is larger than certificates are");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(BEGIN);
    }

    static Pem read(Path file) throws IOException, GeneralSecurityException {
        var chain = new ArrayList<X509Certificate>();
        Optional<PrivateKey> key = Optional.empty();
        var certificates = new JcaX509CertificateConverter();
        var keys = new JcaPEMKeyConverter();
        try (var parser = new PEMParser(Files.newBufferedReader(file, StandardCharsets.ISO_8859_1))) {
            for (var part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder holder) {
                    chain.add(certificates.getCertificate(holder));
                } else if (part instanceof PEMKeyPair pair) {
                    key = Optional.of(keys.getPrivateKey(pair.getPrivateKeyInfo()));
                } else if (part instanceof PrivateKeyInfo info) {
                    key = Optional.of(keys.getPrivateKey(info));
                }
            }
        }
        if (chain.isEmpty() || key.isEmpty()) {
            throw new IOException("a PEM file has to have the certificate and its key, that without a password");
        }
        return new Pem(key.get(), List.copyOf(chain));
    }
}
