package nl.ketenpoort.operator;

import static nl.ketenpoort.operator.TestRegister.OM;
import static nl.ketenpoort.operator.TestRegister.POLICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.operator.ApplyPartners.Applied;
import nl.ketenpoort.operator.ApplyPartners.Refused;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplyPartnersTest {

    private static final String VEILIG_THUIS = "00000099000000020000";
    private static final String BY = "functioneel-beheer";
    private static final String TWO_ORGANISATIONS = organisation(POLICE, "Politie Eenheid", "ja", "POLITIE")
            + organisation(OM, "Parket", "ja", "OM");

    private final Instant now = Instant.now();
    private TestRegister register;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        register = new TestRegister(temporary);
    }

    @BeforeEach
    void empty() {
        register.empty();
    }

    @AfterAll
    void stop() {
        register.close();
    }

    @Test
    void theRegisterBecomesAsTheFileSays() {
        var outcome = apply(file(organisation(POLICE, "Politie Eenheid", "ja", "POLITIE", "HULPOFFICIER")
                + organisation(OM, "Parket", "ja", "OM").replace("</organisatie>",
                        "<intermediairVoor><oin>" + POLICE + "</oin></intermediairVoor></organisatie>"),
                endpoint(POLICE, "POLITIE", "https://koppelvlak.politie.example:8443/in", certificate(pem(POLICE)))
                        + mailbox(OM, "OM"),
                agreement("art20-1", "WPG_ART20", "ja", "2026-01-01T00:00:00+01:00", "2099-01-01T00:00:00+01:00")));

        assertThat(outcome).isInstanceOfSatisfying(Applied.class, applied -> {
            assertThat(applied.after()).isEqualTo(2);
            assertThat(applied.changes()).extracting(Change::kind).containsExactly(Change.Kind.NEW, Change.Kind.NEW,
                    Change.Kind.NEW);
        });
        var content = register.content();
        var police = new Oin(POLICE);
        var om = new Oin(OM);
        assertThat(content.organisations()).containsOnlyKeys(police, om).containsEntry(police,
                new Organisation(police, "Politie Eenheid", true, functions("POLITIE", "HULPOFFICIER"), true));
        assertThat(content.intermediaryFor()).isEqualTo(Map.of(om, Set.of(police)));
        assertThat(content.endpoints().values()).containsExactlyInAnyOrder(
                new Endpoint(police, new PartnerFunction("POLITIE"),
                        Optional.of(URI.create("https://koppelvlak.politie.example:8443/in")),
                        Optional.of(certificates(POLICE).sign().certificate()), Separation.ofItsOwn()),
                new Endpoint(om, new PartnerFunction("OM"), Optional.empty(), Optional.empty(),
                        Separation.ofItsOwn()));
        assertThat(content.agreements().values()).containsExactly(new Register.Agreement("art20-1", "WPG_ART20",
                "Convenant, map 12", Instant.parse("2025-12-31T23:00:00Z"), Instant.parse("2098-12-31T23:00:00Z"),
                Set.of(police, om)));
    }

    @Test
    void applyingTwiceIsHarmless() {
        var file = file(TWO_ORGANISATIONS,
                endpoint(POLICE, "POLITIE", "https://koppelvlak.politie.example/in", certificate(pem(POLICE))),
                agreement("art20-1", "WPG_ART20", "ja", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")
                        + agreement("oud", "WPG_ART20", "nee", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"));
        apply(file);
        var before = register.content();
        var records = register.auditRecords().size();

        var again = register.applyAt(Clock.fixed(now.plus(Duration.ofDays(1)), ZoneOffset.UTC)).apply(file, BY);

        assertThat(again).isInstanceOfSatisfying(Applied.class, applied -> {
            assertThat(applied.before()).isEqualTo(applied.after());
            assertThat(applied.changes()).extracting(Change::kind).containsOnly(Change.Kind.SAME);
        });
        assertThat(register.content()).isEqualTo(before);
        assertThat(register.version()).isEqualTo(2);
        assertThat(register.auditRecords()).hasSize(records);
    }

    @Test
    void aFileWithThreeErrorsNamesAllThreeWithTheirLinesAndWritesNothing() {
        var outcome = apply(file(organisation(POLICE, "Politie", "misschien", "POLITIE")
                + organisation(OM, "Parket", "ja", "BAKKERIJ"),
                endpoint(POLICE, "POLITIE", "http://koppelvlak.politie.example/in", certificate(pem(POLICE))), ""));

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problems()).extracting(Problem::line).containsExactly(4, 5, 8);
            assertThat(refused.problems()).extracting(Problem::what).satisfiesExactly(
                    what -> assertThat(what).contains("actief", "misschien"),
                    what -> assertThat(what).contains("BAKKERIJ"),
                    what -> assertThat(what).contains("geen https"));
            assertThat(refused.problems()).extracting(Problem::remedy).noneMatch(String::isBlank);
        });
        assertThat(register.content().organisations()).isEmpty();
        assertThat(register.version()).isEqualTo(1);
        assertThat(register.auditRecords()).isEmpty();
    }

    @Test
    void anUnknownFunctionIsRefusedAndTheOnesThatExistAreNamed() {
        refusedWith(file(organisation(POLICE, "Politie", "ja", "AGENT"), "", ""), "Functie 'AGENT' bestaat niet",
                "POLITIE");
    }

    @Test
    void aFunctionGroupIsNoFunctionOfAnOrganisation() {
        refusedWith(file(organisation(POLICE, "Politie", "ja", "ZORGCOORDINATIE"), "", ""),
                "Functie 'ZORGCOORDINATIE' bestaat niet", "ZC_UHG");
    }

    @Test
    void anOinWithAnUnknownPrefixIsRefused() {
        refusedWith(file(organisation("12345678000000010000", "Politie", "ja", "POLITIE"), "", ""), "is geen OIN",
                "COR");
    }

    @Test
    void aCertificateOfAnotherOinIsRefused() {
        refusedWith(withCertificate(pem(OM)), "Het certificaat is van " + OM + ", niet van " + POLICE,
                "subject:serialNumber");
    }

    @ParameterizedTest
    @EnumSource(value = Flaw.class, names = {"EXPIRED", "NOT_YET_VALID", "WITHOUT_OIN"})
    void aCertificateThatCannotBeUsedIsRefused(Flaw flaw) throws IOException {
        refusedWith(withCertificate(Files.readString(certificates(POLICE).sign(flaw).certificateFile())),
                "Het certificaat is ", "");
    }

    @Test
    void aPrivateKeyInTheFileIsRefusedAndNotRepeated() {
        refusedWith(withCertificate("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----"),
                "Hier staat een privésleutel", "vervang de sleutel");
    }

    @Test
    void somethingElseThanACertificateIsRefused() {
        refusedWith(withCertificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), "niet te lezen",
                "PEM");
        refusedWith(withCertificate(pem(POLICE) + pem(POLICE)), "2 PEM-blokken", "alleen");
        refusedWith(withCertificate(""), "staat nergens", "bestand");
    }

    @Test
    void twoFunctionsThatShareACertificateAreNotApartUnlessADocumentSaysSo() {
        var organisation = organisation(POLICE, "Politie", "ja", "POLITIE", "HULPOFFICIER");
        var first = endpoint(POLICE, "POLITIE", "https://koppelvlak.politie.example/in", certificate(pem(POLICE)));
        var second = endpoint(POLICE, "HULPOFFICIER", "https://koppelvlak.politie.example/hovj",
                certificate(pem(POLICE)));

        refusedWith(file(organisation, first + second, ""), "niet gescheiden van", "gescheidenVolgens");

        var undertaken = "gescheiden='ja' gescheidenVolgens='Bewerkersovereenkomst 2026, bijlage 3'";
        assertThat(apply(file(organisation, (first + second).replace("gescheiden='ja'", undertaken), "")))
                .isInstanceOf(Applied.class);
        assertThat(register.content().endpoints().values()).extracting(Endpoint::separation)
                .containsOnly(new Separation(true, Optional.of("Bewerkersovereenkomst 2026, bijlage 3"), false));
    }

    @Test
    void aFunctionThatIsAddedDoesNotSilentlyShareWhatWasApart() {
        var first = endpoint(POLICE, "POLITIE", "https://koppelvlak.politie.example/in", certificate(pem(POLICE)));
        apply(file(organisation(POLICE, "Politie", "ja", "POLITIE", "HULPOFFICIER"), first, ""));

        var outcome = apply(file("", shared(mailbox(POLICE, "HULPOFFICIER")), ""));

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.problems())
                .extracting(Problem::what).singleElement().asString().contains("niet gescheiden van"));
        assertThat(register.content().endpoints()).hasSize(1);
    }

    @Test
    void thatSealedPartsAreKeptApartIsSaidAndNotAssumed() {
        apply(file(TWO_ORGANISATIONS, mailbox(POLICE, "POLITIE"), ""));
        assertThat(register.content().endpoints().values()).noneMatch(found -> found.separation().ofSealedParts());
        apply(file("", mailbox(POLICE, "POLITIE").replace("gescheiden", "verzegeldeDelen='ja' gescheiden"), ""));
        assertThat(register.content().endpoints().values()).allMatch(found -> found.separation().ofSealedParts());
    }

    @Test
    void aCertificateMayStandInAFileBesideTheFile() throws IOException {
        Files.writeString(directory.resolve("politie.crt"), pem(POLICE));

        assertThat(apply(withCertificateElement("<certificaat bestand='politie.crt'/>"))).isInstanceOf(Applied.class);

        assertThat(register.content().endpoints().values()).extracting(Endpoint::certificate)
                .containsExactly(Optional.of(certificates(POLICE).sign().certificate()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"weg.crt", "/etc/hostname"})
    void aCertificateFileThatIsNotThereOrIsAbsoluteIsRefused(String name) {
        refusedWith(withCertificateElement("<certificaat bestand='" + name + "'/>"), "Certificaatbestand '" + name,
                "map");
    }

    @Test
    void aPushEndpointWithoutCertificateIsRefused() {
        refusedWith(withCertificateElement(""), "geen certificaat", "certificaat erbij");
    }

    @ParameterizedTest
    @CsvSource({"http://partner.example/in, geen https", "ftp://partner.example/in, geen https",
            "https://jan:geheim@partner.example/in, gebruiker of wachtwoord",
            "https://partner.example/in?sleutel=1, vraagteken", "https://partner.example/in#a, hekje",
            "https://localhost/in, machine van Ketenpoort", "https://LOCALHOST:8443/in, machine van Ketenpoort",
            "https://127.0.0.1/in, machine van Ketenpoort", "https://127.8.9.1/in, machine van Ketenpoort",
            "https://[::1]/in, machine van Ketenpoort", "https://[::ffff:127.0.0.1]/in, machine van Ketenpoort",
            "https://0.0.0.0/in, machine van Ketenpoort", "https://169.254.169.254/in, machine van Ketenpoort",
            "https:///in, geen host", "partner.example, geen https", "https://partner.example:70000/in, Poort 70000",
            "https://partner .example/in, geen URI"})
    void aPushAddressThatMayNotBeIsRefused(String push, String why) {
        refusedWith(file(TWO_ORGANISATIONS, endpoint(POLICE, "POLITIE", push, certificate(pem(POLICE))), ""), why, "");
    }

    @Test
    void aPasswordInAPushAddressIsNotRepeated() {
        assertThat(apply(file(TWO_ORGANISATIONS,
                endpoint(POLICE, "POLITIE", "http://jan:geheim@partner.example/in", certificate(pem(POLICE))), "")))
                .isInstanceOfSatisfying(Refused.class,
                        refused -> assertThat(refused.problems().toString()).doesNotContain("geheim"));
    }

    @Test
    void anEndpointOnThisMachineIsForTestsThatAskForIt() {
        var file = file(TWO_ORGANISATIONS,
                endpoint(POLICE, "POLITIE", "https://localhost:9443/in", certificate(pem(POLICE))), "");
        var owner = register.database().owner();

        var allowed = new ApplyPartners(register.database().jdbcUrl(), owner.user(), owner.password(), true);

        assertThat(allowed.apply(file, BY)).isInstanceOf(Applied.class);
    }

    @Test
    void anEndpointForAFunctionTheOrganisationDoesNotHaveIsRefused() {
        refusedWith(file(TWO_ORGANISATIONS, mailbox(POLICE, "OM"), ""), "heeft de functie OM niet", "functie");
    }

    @Test
    void whatPointsToAnOrganisationThatNobodyKnowsIsRefused() {
        refusedWith(file("", mailbox(VEILIG_THUIS, "VEILIG_THUIS"), ""), "niet in het register", "organisaties");
        refusedWith(file("", "", agreement("a", "WPG_ART20", "ja", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")),
                "niet in het register", "organisaties");
    }

    @Test
    void anAgreementThatEndsBeforeItBeginsIsRefused() {
        refusedWith(file(TWO_ORGANISATIONS, "",
                agreement("a", "WPG_ART20", "ja", "2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z")),
                "eindigt niet na haar begin", "later");
    }

    @Test
    void aKindOfAgreementThatNoPolicyAsksForIsRefused() {
        refusedWith(file(TWO_ORGANISATIONS, "",
                agreement("a", "WPG_ART21", "ja", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")),
                "Afspraaksoort 'WPG_ART21' bestaat niet", "WPG_ART20");
    }

    @Test
    void aDateWithoutTimeZoneIsRefused() {
        refusedWith(file(TWO_ORGANISATIONS, "",
                agreement("a", "WPG_ART20", "ja", "2026-01-01T00:00:00", "2099-01-01T00:00:00Z")), "vanaf", "tijdzone");
    }

    @Test
    void theSameOrganisationTwiceIsRefused() {
        refusedWith(file(TWO_ORGANISATIONS + organisation(POLICE, "Politie nog eens", "ja", "POLITIE"), "", ""),
                POLICE + " staat twee keer", "één");
    }

    @Test
    void aFileThatIsNoXmlOrBringsADtdIsRefused() {
        refusedWith(written("<partners"), "geen XML", "Herstel");
        refusedWith(written("<!DOCTYPE partners [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                + "<partners xmlns='urn:nl:ketenpoort:partners:v1'>&e;</partners>"), "geen XML", "DTD");
        refusedWith(written("<anders/>"), "begint niet met", "urn:nl:ketenpoort:partners:v1");
        refusedWith(directory.resolve("bestaat-niet.xml"), "niet te lezen", "bestaat");
    }

    @Test
    void deactivationIsAuditedAndNothingIsDeleted() {
        var both = agreement("art20-1", "WPG_ART20", "ja", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
        apply(file(TWO_ORGANISATIONS, "", both));

        apply(file(organisation(POLICE, "Politie Eenheid", "nee", "POLITIE"), "",
                agreement("art20-1", "WPG_ART20", "nee", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")));

        assertThat(register.organisation(POLICE).active()).isFalse();
        assertThat(register.organisation(OM).active()).isTrue();
        assertThat(register.agreement("art20-1").until()).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
        var facts = register.facts();
        assertThat(facts).hasSize(5);
        assertThat(facts.get(3)).containsEntry("change", "DEACTIVATED").containsEntry("organisation", POLICE)
                .containsEntry("changed.actief", "nee").containsEntry("by", BY).containsEntry("version", "3");
        assertThat(facts.get(4)).containsEntry("change", "DEACTIVATED").containsEntry("agreement", "art20-1")
                .containsKey("changed.tot");
    }

    @Test
    void anEndedAgreementCanBeTakenUpAgain() {
        apply(file(TWO_ORGANISATIONS, "",
                agreement("a", "WPG_ART20", "nee", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")));

        apply(file("", "", agreement("a", "WPG_ART20", "ja", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")));

        assertThat(register.agreement("a").until()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(register.facts().getLast()).containsEntry("change", "CHANGED").containsEntry("changed.tot",
                "2099-01-01T00:00:00Z");
    }

    @Test
    void anAgreementThatIsEndedBeforeItBeginsNeverHolds() {
        var file = file(TWO_ORGANISATIONS, "",
                agreement("a", "WPG_ART20", "nee", "2098-01-01T00:00:00Z", "2099-01-01T00:00:00Z"));
        apply(file);
        var agreement = register.agreement("a");
        assertThat(agreement.until()).isEqualTo(agreement.from());
        apply(file);
        assertThat(register.version()).isEqualTo(2);
    }

    @Test
    void theVersionOfTheRegisterGrowsByOneForEachFileThatChangesIt() {
        apply(file(TWO_ORGANISATIONS, "", ""));
        assertThat(register.version()).isEqualTo(2);
        apply(file("", mailbox(OM, "OM"), ""));
        assertThat(register.version()).isEqualTo(3);
    }

    @Test
    void whatTheFileDoesNotNameStaysAsItIs() {
        apply(file(TWO_ORGANISATIONS, mailbox(OM, "OM"), ""));

        apply(file(organisation(POLICE, "Politie Eenheid Amsterdam", "ja", "POLITIE"), "", ""));

        var content = register.content();
        assertThat(content.organisations()).containsOnlyKeys(new Oin(POLICE), new Oin(OM));
        assertThat(register.organisation(POLICE).name()).isEqualTo("Politie Eenheid Amsterdam");
        assertThat(content.endpoints()).hasSize(1);
    }

    @Test
    void aFunctionThatIsLostTakesItsEndpointWithIt() {
        apply(file(organisation(POLICE, "Politie", "ja", "POLITIE", "HULPOFFICIER"),
                shared(mailbox(POLICE, "POLITIE") + mailbox(POLICE, "HULPOFFICIER")), ""));

        apply(file(organisation(POLICE, "Politie", "ja", "POLITIE"), mailbox(POLICE, "POLITIE"), ""));

        assertThat(register.content().endpoints().values()).extracting(Endpoint::function)
                .containsExactly(new PartnerFunction("POLITIE"));
        assertThat(register.facts().getLast()).containsEntry("changed.functies", "-HULPOFFICIER")
                .containsEntry("changed.eindpunt HULPOFFICIER", "vervallen");
    }

    @Test
    void anEndpointThatChangesIsAuditedWithItsOrganisation() {
        apply(file(TWO_ORGANISATIONS, endpoint(POLICE, "POLITIE", "https://oud.example/in", certificate(pem(POLICE))),
                ""));

        apply(file("", endpoint(POLICE, "POLITIE", "https://nieuw.example/in", certificate(pem(POLICE))), ""));

        assertThat(register.facts().getLast()).containsEntry("organisation", POLICE)
                .containsEntry("change", "CHANGED").containsKey("changed.eindpunt POLITIE push")
                .doesNotContainKey("changed.eindpunt POLITIE certificaat");
    }

    @Test
    void auditRecordsHoldNoNameAddressOrDescription() {
        apply(file(TWO_ORGANISATIONS, endpoint(POLICE, "POLITIE", "https://push.example/in", certificate(pem(POLICE))),
                agreement("a", "WPG_ART20", "ja", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")));

        assertThat(register.facts().toString()).doesNotContain("Politie Eenheid", "push.example", "Convenant");
    }

    @Test
    void theCommitmentOfEachAuditRecordCanBeMadeAgainFromWhatIsKept() {
        apply(file(TWO_ORGANISATIONS, "", ""));

        var facts = register.facts();
        var records = register.auditRecords();
        assertThat(records).hasSize(2);
        for (int i = 0; i < records.size(); i++) {
            var row = records.get(i);
            assertThat(row.kind()).isEqualTo("PARTNERS_CHANGED");
            var record = new AuditRecord(row.id(), AuditRecord.Kind.PARTNERS_CHANGED, row.at(), Optional.empty(),
                    Optional.empty(), Optional.empty(), facts.get(i));
            assertThat(record.leaf(row.salt())).isEqualTo(row.leaf());
        }
    }

    @Test
    void aRehearsalTellsTheSameAndWritesNothing() {
        var file = file(TWO_ORGANISATIONS, "", "");

        var rehearsed = applier().rehearse(file);

        assertThat(register.content().organisations()).isEmpty();
        assertThat(register.version()).isEqualTo(1);
        assertThat(register.auditRecords()).isEmpty();
        assertThat(rehearsed).isEqualTo(apply(file));
    }

    @Test
    void whoAppliesIsARole() {
        assertThatThrownBy(() -> applier().apply(file(TWO_ORGANISATIONS, "", ""), "x\ny"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ApplyPartners applier() {
        return register.applyAt(Clock.fixed(now, ZoneOffset.UTC));
    }

    private ApplyPartners.Outcome apply(Path file) {
        return applier().apply(file, BY);
    }

    private void refusedWith(Path file, String what, String remedy) {
        assertThat(apply(file)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.problems())
                        .anySatisfy(problem -> {
                            assertThat(problem.what()).contains(what);
                            assertThat(problem.remedy()).contains(remedy).isNotBlank();
                        }));
        assertThat(register.version()).isEqualTo(1);
        assertThat(register.content().organisations()).isEmpty();
    }

    private Path withCertificate(String pem) {
        return withCertificateElement(certificate(pem));
    }

    private Path withCertificateElement(String element) {
        return file(TWO_ORGANISATIONS, endpoint(POLICE, "POLITIE", "https://koppelvlak.politie.example/in", element),
                "");
    }

    private PartnerCertificates certificates(String oin) {
        return register.certificatesOf(oin);
    }

    private String pem(String oin) {
        try {
            return Files.readString(certificates(oin).sign().certificateFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Organisations begin on line 4. */
    private Path file(String organisations, String endpoints, String agreements) {
        return written("""
                <?xml version="1.0" encoding="UTF-8"?>
                <partners xmlns="urn:nl:ketenpoort:partners:v1">
                <organisaties>
                %s</organisaties>
                <eindpunten>
                %s</eindpunten>
                <afspraken>
                %s</afspraken>
                </partners>
                """.formatted(organisations, endpoints, agreements));
    }

    private Path written(String xml) {
        try {
            return Files.writeString(directory.resolve("partners.xml"), xml);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String organisation(String oin, String name, String active, String... functions) {
        return Stream.of(functions).map(function -> "<functie>" + function + "</functie>")
                .collect(Collectors.joining("",
                        "<organisatie oin='%s' naam='%s' actief='%s' eigenGrondBsn='ja'><functies>".formatted(oin, name,
                                active),
                        "</functies></organisatie>\n"));
    }

    private static String certificate(String pem) {
        return "<certificaat>" + pem + "</certificaat>";
    }

    private static String endpoint(String oin, String function, String push, String certificate) {
        return "<eindpunt oin='%s' functie='%s' push='%s' gescheiden='ja'>%s</eindpunt>\n".formatted(oin, function,
                push,
                certificate);
    }

    private static String mailbox(String oin, String function) {
        return "<eindpunt oin='%s' functie='%s' gescheiden='ja'/>\n".formatted(oin, function);
    }

    private static String shared(String endpoints) {
        return endpoints.replace("gescheiden='ja'", "gescheiden='nee'");
    }

    private static String agreement(String id, String kind, String active, String from, String until) {
        return """
                <afspraak id='%s' soort='%s' actief='%s' vanaf='%s' tot='%s'>
                <omschrijving>Convenant, map 12</omschrijving>
                <partijen><oin>%s</oin><oin>%s</oin></partijen></afspraak>
                """.formatted(id, kind, active, from, until, POLICE, OM);
    }

    private static Set<PartnerFunction> functions(String... codes) {
        return Stream.of(codes).map(PartnerFunction::new).collect(Collectors.toSet());
    }
}
