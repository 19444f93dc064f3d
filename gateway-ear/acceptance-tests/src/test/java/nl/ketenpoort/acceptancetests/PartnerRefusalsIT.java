package nl.ketenpoort.acceptancetests;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;

/** Good signatures on a good connection, of those who may not: the OIN decides (Digikoppeling PKI005, WT002). */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnerRefusalsIT {

    private static final String CARRIER = "00000099000000091000";
    private static final String ENDED_CARRIER = "00000099000000092000";
    private static final String ENDED = "00000099000000093000";
    private static final String STRANGER = "00000099000000094000";

    private final Line line;
    private final Register register;
    private final String caseId;

    PartnerRefusalsIT(Region region) {
        this.line = new Line(region);
        this.register = new Register(region);
        this.caseId = new Chain(region).openCase();
    }

    private String report() {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
    }

    /** What the police signed, on the connection of somebody else. */
    private Answered broughtBy(PartnerCertificates connection) {
        return line.send(connection, Line.raw(line.keysOf(Partner.POLITIE).sign()),
                line.message(Partner.POLITIE, report()));
    }

    private Answered sentBy(PartnerCertificates organisation) {
        var key = Line.raw(organisation.sign());
        return line.send(organisation, key, line.message(key, report()));
    }

    @Test
    void aMessageOnTheConnectionOfAnotherPartnerIsRefused() {
        broughtBy(line.keysOf(Partner.GGZ)).isRefusedSealed("KP-2012", "0002").relatingToIt();
    }

    @Test
    void aMessageOnTheConnectionOfARegisteredIntermediaryIsAccepted() {
        register.intermediary(CARRIER, "Fictieve intermediair", true, Partner.POLITIE.oin());

        broughtBy(line.keysOf(CARRIER, "Fictieve intermediair")).isAccepted();
    }

    @Test
    void anIntermediaryBringsNothingOfWhomItIsNotRegisteredFor() {
        register.intermediary(CARRIER, "Fictieve intermediair", true, Partner.POLITIE.oin());
        var veiligThuis = Line.raw(line.keysOf(Partner.VEILIG_THUIS).sign());

        line.send(line.keysOf(CARRIER, "Fictieve intermediair"), veiligThuis, line.message(veiligThuis, report()))
                .isRefusedSealed("KP-2012", "0002");
    }

    @Test
    void anIntermediaryThatTakesNoPartAnyMoreBringsNothing() {
        register.intermediary(ENDED_CARRIER, "Gestopte intermediair", false, Partner.POLITIE.oin());

        broughtBy(line.keysOf(ENDED_CARRIER, "Gestopte intermediair")).isRefusedSealed("KP-2012", "0002");
    }

    @Test
    void anIntermediaryDoesNotSignForAnother() {
        register.intermediary(CARRIER, "Fictieve intermediair", true, Partner.POLITIE.oin());

        sentBy(line.keysOf(CARRIER, "Fictieve intermediair")).isRefusedSealed("KP-6101", "0002");
    }

    @Test
    void anOrganisationThatIsNotRegisteredIsRefused() {
        sentBy(line.keysOf(STRANGER, "Onbekende organisatie")).isRefusedSealed("KP-4001", "0002").relatingToIt();
    }

    @Test
    void anOrganisationThatTakesNoPartAnyMoreIsRefused() {
        register.organisation(ENDED, "Gestopte organisatie", false, "POLITIE");

        sentBy(line.keysOf(ENDED, "Gestopte organisatie")).isRefusedSealed("KP-4002", "0002").relatingToIt();
    }

    @Test
    void aConnectionWhoseCertificateNamesNoOinIsRefused() throws IOException {
        var police = line.keysOf(Partner.POLITIE);
        line.sendWith(Line.raw(police.tls(Flaw.WITHOUT_OIN)), Line.raw(police.sign()),
                line.message(Partner.POLITIE, report())).isRefusedInClear("KP-1006", "0002");
    }
}
