package nl.ketenpoort.operator;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.SubjectSerialNumbers;

/**
 * A certificate that deliveries are to be encrypted to: whether the gateway will be able to, and whether it is the
 * organisation's. The OIN is the one attribute {@code serialNumber} (2.5.4.5) of the subject (Digikoppeling
 * identificatie en authenticatie). Whether the issuer is trusted and nothing is revoked is checked at every delivery, by
 * the gateway.
 */
final class EncryptionCertificate {

    private static final Pattern PEM = Pattern
            .compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");
    private static final int SMALLEST_RSA_KEY = 2048;

    private EncryptionCertificate() {}

    /** The certificate, or else what is wrong with it is added to the problems. */
    static Optional<X509Certificate> read(String pem, Oin owner, Instant now, int line, List<Problem> problems) {
        if (pem.contains("PRIVATE KEY")) {
            problems.add(new Problem(line, "Hier staat een privésleutel.",
                    "Haal hem weg, zet er alleen het certificaat neer, en vervang de sleutel: hij is niet meer geheim."));
            return Optional.empty();
        }
        var blocks = PEM.matcher(pem);
        var found = new ArrayList<String>();
        while (blocks.find()) {
            found.add(blocks.group(1));
        }
        if (found.size() != 1) {
            problems.add(new Problem(line,
                    "Het certificaat bestaat uit %d PEM-blokken in plaats van één.".formatted(found.size()),
                    "Geef alleen het certificaat van de partner zelf, van BEGIN CERTIFICATE tot en met END CERTIFICATE."));
            return Optional.empty();
        }
        X509Certificate certificate;
        try {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Base64.getMimeDecoder().decode(found.getFirst())));
        } catch (CertificateException | IllegalArgumentException unreadable) {
            problems.add(new Problem(line, "Het certificaat is niet te lezen.",
                    "Vraag de partner het opnieuw te sturen, als PEM."));
            return Optional.empty();
        }
        int before = problems.size();
        judge(certificate, owner, now, line, problems);
        return problems.size() == before ? Optional.of(certificate) : Optional.empty();
    }

    private static void judge(X509Certificate certificate, Oin owner, Instant now, int line, List<Problem> problems) {
        var named = SubjectSerialNumbers.of(certificate);
        if (!named.equals(List.of(owner.value()))) {
            problems.add(new Problem(line,
                    "Het certificaat is van %s, niet van %s.".formatted(
                            named.isEmpty() ? "een partij zonder OIN" : String.join(" en ", named), owner),
                    "Gebruik het certificaat met het OIN van de organisatie in subject:serialNumber."));
        }
        if (!certificate.getNotAfter().toInstant().isAfter(now)) {
            problems.add(new Problem(line,
                    "Het certificaat is verlopen op %s.".formatted(certificate.getNotAfter().toInstant()),
                    "Vraag de partner om het nieuwe."));
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            problems.add(new Problem(line,
                    "Het certificaat is pas geldig vanaf %s.".formatted(certificate.getNotBefore().toInstant()),
                    "Pas het vanaf dan toe, en gebruik tot die tijd het vorige."));
        }
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)
                || key.getModulus().bitLength() < SMALLEST_RSA_KEY) {
            problems.add(new Problem(line, "De sleutel in het certificaat is geen RSA-sleutel van 2048 bits of meer.",
                    "Vraag de partner om een certificaat met zo'n sleutel; bezorgingen gaan met RSA-OAEP."));
        }
    }
}
