package nl.ketenpoort.localstack.certificates;

import java.util.Optional;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Who a leaf certificate speaks for: {@code C=NL, O=name, serialNumber=OIN, CN=localhost}. */
record Subject(String organisation, Optional<String> oin) {

    static Subject of(String organisation, String oin) {
        return new Subject(organisation, Optional.of(oin));
    }

    Subject withoutOin() {
        return new Subject(organisation, Optional.empty());
    }

    X500Name name() {
        var builder = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.C, "NL").addRDN(BCStyle.O, organisation);
        oin.ifPresent(value -> builder.addRDN(BCStyle.SERIALNUMBER, value));
        return builder.addRDN(BCStyle.CN, "localhost").build();
    }
}
