package net.shoal.plugins;

import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;
import net.shoal.api.node.PluginException;
import org.jspecify.annotations.Nullable;

/**
 * Who signed a jar, as a whole. That the signature fits is checked; whether the signer is to be trusted is not known here.
 *
 * @param signer the subject of the certificate and its SHA-256; empty where it is not signed
 */
record Signature(Optional<String> signer) {
    /** What is not itself signed (JAR File Specification, "Signed JAR File"). */
    private static final Pattern OF_THE_SIGNATURE =
            Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]*\\.(SF|DSA|RSA|EC)|SIG-[^/]*)", Pattern.CASE_INSENSITIVE);

    private static final int SHOWN_BYTES = 8;

    /** Goes through the entries, each of which has been read to its end before. */
    static final class Gathering {
        private final Set<String> present = new HashSet<>();
        private final Set<String> unsigned = new LinkedHashSet<>();
        /** Those who signed every entry so far. */
        private @Nullable Set<X509Certificate> common;

        private boolean hasSignatureFile;

        void add(JarEntry entry) {
            var name = entry.getName();
            present.add(name);
            if (entry.isDirectory()) {
                return;
            }
            if (OF_THE_SIGNATURE.matcher(name).matches()) {
                hasSignatureFile |= name.toUpperCase(Locale.ROOT).endsWith(".SF");
                return;
            }
            var signers = certificates(entry.getCodeSigners());
            if (signers.isEmpty()) {
                unsigned.add(name);
            } else if (common == null) {
                common = signers;
            } else {
                common.retainAll(signers);
            }
        }

        /** @param listed the entries that the manifest names: none of them may be missing in a jar that is signed */
        Signature of(Set<String> listed) throws PluginException {
            var signers = common;
            if (signers == null) {
                if (hasSignatureFile) {
                    throw Refusal.of("it has a signature that covers nothing of it");
                }
                return new Signature(Optional.empty());
            }
            if (!unsigned.isEmpty()) {
                throw Refusal.of(
                        "it is signed, but not its entry " + unsigned.iterator().next() + ", which was put in later",
                        "get it from where it comes from again");
            }
            if (signers.isEmpty()) {
                throw Refusal.of("its entries are signed by different people");
            }
            for (var name : listed) {
                if (!present.contains(name)) {
                    throw Refusal.of(
                            "its entry " + name + " was taken out after it was signed",
                            "get it from where it comes from again");
                }
            }
            return new Signature(Optional.of(words(signers.iterator().next())));
        }
    }

    private static Set<X509Certificate> certificates(CodeSigner @Nullable [] signers) {
        var certificates = new LinkedHashSet<X509Certificate>();
        if (signers != null) {
            for (var signer : signers) {
                if (signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
        }
        return certificates;
    }

    private static String words(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            var shown = HexFormat.ofDelimiter(":").formatHex(digest, 0, SHOWN_BYTES);
            return certificate.getSubjectX500Principal().getName() + " (certificate " + shown + "…)";
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
