package nl.ketenpoort.signature.wss4j;

import java.security.cert.X509Certificate;
import java.util.Optional;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.SubjectSerialNumbers;

/** Whom a certificate speaks for (Digikoppeling WT002, PKI001). */
final class Subject {

    private Subject() {}

    /** The OIN in {@code subject:serialNumber}; empty if there is none, or more than one. */
    static Optional<Oin> oin(X509Certificate certificate) {
        var found = SubjectSerialNumbers.of(certificate);
        return found.size() == 1 && Oin.valid(found.getFirst())
                ? Optional.of(new Oin(found.getFirst()))
                : Optional.empty();
    }
}
