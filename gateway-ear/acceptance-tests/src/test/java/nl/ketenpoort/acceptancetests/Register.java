package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.operator.ApplyPartners;

/** Adds to the register of partners as the operator does; what a file does not name stays as it is. */
final class Register {

    private final Region region;

    Register(Region region) {
        this.region = region;
    }

    /** An organisation with a mailbox for each of its functions. */
    void organisation(String oin, String name, boolean active, String... functions) {
        var listed = new StringBuilder();
        var mailboxes = new StringBuilder();
        for (var function : functions) {
            listed.append("<functie>").append(function).append("</functie>");
            mailboxes.append("""
                    <eindpunt oin="%s" functie="%s" gescheiden="ja" gescheidenVolgens="proef"/>"""
                    .formatted(oin, function));
        }
        apply(organisation(oin, name, active, "<functies>" + listed + "</functies>")
                + "<eindpunten>" + mailboxes + "</eindpunten>");
    }

    /** One mailbox for these, which are of one organisation, and nothing that keeps them apart. */
    void sharedMailbox(Partner... sharing) {
        var mailboxes = new StringBuilder();
        for (var partner : sharing) {
            partner.functions().forEach(function -> mailboxes.append("<eindpunt oin=\"").append(partner.oin())
                    .append("\" functie=\"").append(function).append("\" gescheiden=\"nee\"/>"));
        }
        apply("<eindpunten>" + mailboxes + "</eindpunten>");
    }

    /** A mailbox for each function of these, which only what was signed with their own certificates opens. */
    void mailboxOfEach(TestCertificates certificates, Partner... partners) {
        var mailboxes = new StringBuilder();
        for (var partner : partners) {
            partner.functions().forEach(function -> mailboxes.append("""
                    <eindpunt oin="%s" functie="%s" gescheiden="ja"><certificaat>%s</certificaat></eindpunt>"""
                    .formatted(partner.oin(), function, pem(partner.keys(certificates).sign().certificateFile()))));
        }
        apply("<eindpunten>" + mailboxes + "</eindpunten>");
    }

    private static String pem(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A fictitious agreement of a kind that policies ask for, between two partners. */
    void agreement(String kind, String one, String other) {
        apply("""
                <afspraken><afspraak id="%s-%s-%s" soort="%s" vanaf="2026-01-01T00:00:00+01:00"
                        tot="2031-01-01T00:00:00+01:00" actief="ja">
                    <omschrijving>Fictieve afspraak, alleen voor een test</omschrijving>
                    <partijen><oin>%s</oin><oin>%s</oin></partijen>
                </afspraak></afspraken>""".formatted(kind, one, other, kind, one, other));
    }

    /** An organisation that brings what this one signs. */
    void intermediary(String oin, String name, boolean active, String signer) {
        apply(organisation(oin, name, active,
                "<functies/><intermediairVoor><oin>" + signer + "</oin></intermediairVoor>"));
    }

    private static String organisation(String oin, String name, boolean active, String content) {
        return """
                <organisaties><organisatie oin="%s" naam="%s" actief="%s" eigenGrondBsn="nee">%s</organisatie></organisaties>\
                """
                .formatted(oin, name, active ? "ja" : "nee", content);
    }

    private void apply(String content) {
        var database = region.stack().database();
        try {
            Path file = Files.createTempFile(region.stack().directory(), "register-", ".xml");
            Files.writeString(file, "<partners xmlns=\"urn:nl:ketenpoort:partners:v1\">" + content + "</partners>");
            var outcome = new ApplyPartners(database.jdbcUrl(), database.owner().user(), database.owner().password(),
                    true).apply(file, "test");
            if (outcome instanceof ApplyPartners.Refused(var problems)) {
                throw new IllegalArgumentException("the register was not changed: " + problems);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
