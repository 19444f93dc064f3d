package nl.ketenpoort.operator;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Collectors;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;

/** Writes the register as people read it. */
final class ShowPartners {

    private final Jdbi database;

    ShowPartners(Jdbi database) {
        this.database = database;
    }

    void to(PrintStream out) {
        database.useTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            var tables = new RegisterTables(handle);
            out.println("Register versie " + tables.version());
            write(tables.read(), out);
        });
    }

    private static void write(Register register, PrintStream out) {
        register.organisations().values().stream().sorted(Comparator.comparing(one -> one.oin().value()))
                .forEach(organisation -> {
                    out.println();
                    write(organisation, out);
                    line(out, "intermediair voor", register.signersOf(organisation.oin()).stream().map(Oin::value)
                            .sorted().collect(Collectors.joining(" ")));
                    register.endpoints().values().stream()
                            .filter(endpoint -> endpoint.oin().equals(organisation.oin()))
                            .sorted(Comparator.comparing(Endpoint::function)).forEach(endpoint -> write(endpoint, out));
                });
        register.agreements().values().stream().sorted(Comparator.comparing(Register.Agreement::id))
                .forEach(agreement -> {
                    out.println();
                    out.println("afspraak " + agreement.id() + "  " + agreement.kind());
                    line(out, "omschrijving", agreement.description());
                    line(out, "geldig", agreement.from() + " tot " + agreement.until());
                    line(out, "partijen", agreement.parties().stream().map(Oin::value).sorted()
                            .collect(Collectors.joining(" ")));
                });
    }

    private static void write(Organisation organisation, PrintStream out) {
        out.println("organisatie " + organisation.oin() + "  " + organisation.name()
                + (organisation.active() ? "" : "  (niet actief)"));
        line(out, "functies", organisation.profile().stream().sorted().map(Object::toString)
                .collect(Collectors.joining(" ")));
        line(out, "eigen grond BSN", organisation.ownGroundForBsn() ? "ja" : "nee");
    }

    private static void write(Endpoint endpoint, PrintStream out) {
        line(out, "eindpunt " + endpoint.function(), endpoint.push().map(Object::toString).orElse("postbus")
                + (endpoint.separation().fromOtherFunctions() ? ", gescheiden" : ", niet gescheiden")
                + endpoint.separation().document().map(" volgens %s"::formatted).orElse("")
                + (endpoint.separation().ofSealedParts() ? ", houdt verzegelde delen apart" : ""));
        endpoint.certificate()
                .ifPresent(certificate -> line(out, "  certificaat",
                        "geldig tot " + certificate.getNotAfter().toInstant() + ", SHA-256 " + HexFormat.of()
                                .formatHex(Digest.of(RegisterTables.der(certificate)).bytes()).substring(0, 16)
                                + "…"));
    }

    private static void line(PrintStream out, String name, String value) {
        if (!value.isEmpty()) {
            out.println("  " + name + ": " + value);
        }
    }
}
