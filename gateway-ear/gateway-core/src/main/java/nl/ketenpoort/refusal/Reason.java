package nl.ketenpoort.refusal;

import java.util.Optional;

/**
 * Every reason for which the gateway itself refuses, with its permanent code. Codes of safety policies
 * ({@code KP-52xx}) are data of the policy bundle and are not listed here.
 *
 * <p>
 * First digit: 1 transport and form, 2 signature and encryption, 3 content, 4 partner, 5 purpose and ground, 6 case, 7
 * delivery, 9 unavailable. The Digikoppeling code is the best-practice fault code of WUS 3.8.1.
 */
public enum Reason {

    TLS_CERTIFICATE_EXPIRED(1001, "0002", "Het TLS-certificaat is verlopen of nog niet geldig.",
            "Gebruik een geldig PKIoverheid-certificaat."),
    TLS_CERTIFICATE_REVOKED(1002, "0002", "Het TLS-certificaat is ingetrokken.",
            "Vraag een nieuw certificaat aan en meld het bij de beheerder."),
    TLS_CERTIFICATE_UNTRUSTED(1003, "0002", "Het TLS-certificaat komt niet van een vertrouwde uitgever.",
            "Gebruik een certificaat onder PKIoverheid Private Root."),
    TLS_PROTOCOL_NOT_ALLOWED(1004, "0002", "Er is geen gemeenschappelijke TLS-versie of cijfersuite.",
            "Gebruik TLS 1.3 of 1.2 met een suite die als goed of voldoende bekendstaat (NCSC)."),
    TLS_CRL_UNAVAILABLE(1005, "0051", "De intrekkingslijst ontbreekt of is te oud.", "Probeer het later opnieuw."),
    TLS_CERTIFICATE_MISSING(1006, "0002", "Er is geen TLS-clientcertificaat met OIN.",
            "Bied het certificaat van de organisatie aan (subject:serialNumber)."),
    TLS_HANDSHAKE_FAILED(1007, "0002", "De TLS-verbinding kwam niet tot stand.",
            "Vertrouw het certificaat van Ketenpoort en volg de eisen aan TLS (WT001 tot WT005)."),

    NOT_UTF8(1101, "0009", "Het bericht is geen UTF-8.", "Verstuur in UTF-8 (WS006)."),
    NOT_WELL_FORMED(1102, "0001", "Het bericht is geen goed gevormde XML.", "Herstel de XML."),
    DTD_PRESENT(1103, "0001", "Een documenttypedeclaratie is niet toegestaan.", "Verwijder de DTD."),
    TOO_LARGE(1104, "0001", "Het bericht is groter dan toegestaan.",
            "Blijf onder de grens of gebruik een verwijzing (Grote Berichten)."),
    TOO_COMPLEX(1105, "0001", "Het bericht heeft te veel niveaus, attributen of elementen.", "Vereenvoudig de opbouw."),
    BODY_NOT_SINGLE(1106, "0001", "De Body bevat niet precies één element.", "Plaats één element in de Body (WW003)."),
    FOREIGN_HEADER(1107, "0010", "Een eigen SOAP-header is niet toegestaan.", "Zet de gegevens in de Body (WS007)."),
    NOT_SOAP(1108, "0001", "Het bericht is geen SOAP 1.1-envelop.", "Gebruik SOAP 1.1 (WW001)."),

    ACTION_UNKNOWN(1201, "0006", "wsa:Action ontbreekt of is onbekend.", "Gebruik een Action uit de WSDL."),
    SOAP_ACTION_DIFFERS(1202, "0003", "SOAPAction wijkt af van wsa:Action.",
            "Laat SOAPAction leeg of gelijk aan wsa:Action (WS002)."),
    TO_WRONG(1203, "0005", "wsa:To ontbreekt of is niet dit eindpunt.", "Adresseer het eindpunt uit de WSDL."),
    MESSAGE_ID_MISSING(1204, "0007", "wsa:MessageID ontbreekt of is geen absolute URI.",
            "Geef elk bericht een eigen MessageID."),
    ADDRESSING_WRONG(1205, "0011", "Een WS-Addressing-header heeft een waarde die niet mag.",
            "ReplyTo en FaultTo: afwezig of anonymous; elke header één keer (WA001)."),

    NOT_SIGNED(2001, "0002", "Het bericht is niet ondertekend.",
            "Onderteken Body, Timestamp en alle wsa-headers (WB004)."),
    SIGNATURE_INVALID(2002, "0002", "De handtekening klopt niet met de inhoud.",
            "Onderteken het bericht zoals het verstuurd wordt."),
    ADDRESSING_NOT_SIGNED(2003, "0002", "Een WS-Addressing-header is niet ondertekend.",
            "Onderteken alle wsa-headers (WB004)."),
    TIMESTAMP_NOT_SIGNED(2004, "0002", "Het Timestamp ontbreekt of is niet ondertekend.",
            "Neem een ondertekend Timestamp op (WB002, WB004)."),
    NOT_ENCRYPTED(2005, "0002", "De Body is niet versleuteld.", "Versleutel de Body (WB005)."),
    ALGORITHM_NOT_ALLOWED(2006, "0002", "Een gebruikt algoritme is niet toegestaan.",
            "Gebruik rsa-sha256, SHA-256, AES-GCM en RSA-OAEP."),
    TIMESTAMP_OUTSIDE_SKEW(2007, "0002", "Het Timestamp is verlopen of ligt te ver van de huidige tijd.",
            "Stel de klok gelijk en verstuur opnieuw."),
    CERTIFICATE_EXPIRED(2008, "0002", "Het ondertekencertificaat is verlopen of nog niet geldig.",
            "Onderteken met een geldig certificaat."),
    CERTIFICATE_REVOKED(2009, "0002", "Het ondertekencertificaat is ingetrokken.",
            "Onderteken met een geldig certificaat."),
    CERTIFICATE_UNTRUSTED(2010, "0002", "Het ondertekencertificaat komt niet van een vertrouwde uitgever.",
            "Gebruik een certificaat onder PKIoverheid Private Root."),
    CRL_UNAVAILABLE(2011, "0051", "De intrekkingslijst ontbreekt of is te oud.", "Probeer het later opnieuw."),
    SIGNER_NOT_TLS_PARTY(2012, "0002",
            "De ondertekenaar is niet de TLS-partij en heeft haar niet als intermediair geregistreerd.",
            "Laat de intermediair registreren of onderteken met het eigen certificaat."),
    DECRYPTION_FAILED(2013, "0002", "Het bericht kon niet worden ontsleuteld.",
            "Versleutel met het actuele certificaat van Ketenpoort."),
    BODY_NOT_SIGNED(2014, "0002", "De Body is niet ondertekend.", "Onderteken de Body (WB004)."),
    SECURITY_HEADER_INVALID(2015, "0002", "De WS-Security-header voldoet niet aan het profiel 2W-be-SE.",
            "Volg het profiel: BinarySecurityToken met directe verwijzing, één handtekening, één Timestamp."),

    SCHEMA_INVALID(3201, "0004", "Het bericht voldoet niet aan het schema.",
            "Valideer tegen het XSD van het berichttype; een code staat in haar codelijst."),
    TYPE_UNKNOWN(3202, "0004", "Dit berichttype of deze versie bestaat niet.",
            "Gebruik een type en versie uit de catalogus."),
    BSN_INVALID(3301, "0004", "Een BSN voldoet niet aan de elfproef.", "Controleer het BSN."),
    OIN_INVALID(3302, "0004", "Een OIN is ongeldig.", "Controleer het OIN."),
    PARKETNUMMER_INVALID(3303, "0004", "Een parketnummer is ongeldig.", "Schrijf 13/123456-21."),
    THV_TERM_INVALID(3304, "0004", "De tijden van het huisverbod kloppen niet, of niet met die van de casus.",
            "Opgelegd: einde is ingang + 240 uur of dezelfde kloktijd tien dagen later. Daarna: ingang blijft die van de "
                    + "casus; einde is later dan ingang, nooit meer dan 28 dagen erna, en alleen bij verlenging later dan "
                    + "het was. Een nieuw huisverbod is een nieuwe casus."),
    ORDER_INVALID(3305, "0004", "Twee tijdstippen staan in de verkeerde volgorde.", "Herstel de tijdstippen."),
    REQUIRED_BY_VALUE(3306, "0004", "Bij deze waarde is een ander veld verplicht.", "Vul het verplichte veld."),
    FORBIDDEN_BY_VALUE(3307, "0004", "Bij deze waarde mag een ander veld niet gevuld zijn.", "Laat het veld weg."),
    PERSON_UNKNOWN(3308, "0004", "Het bericht verwijst naar een persoon die niet in envelop of casus staat.",
            "Gebruik het id van een persoon in de casus."),
    REFERENCE_UNKNOWN(3401, "0004", "Het bericht waarnaar wordt verwezen bestaat niet in deze casus.",
            "Verwijs naar een MessageID uit deze casus."),
    REFERENCE_REQUIRED(3402, "0004", "Dit berichttype verwijst altijd naar een eerder bericht.", "Vul verwijzing."),

    ORGANISATION_UNKNOWN(4001, "0002", "De organisatie is niet aangesloten.", "Laat de organisatie aansluiten."),
    ORGANISATION_INACTIVE(4002, "0002", "De aansluiting van de organisatie is beëindigd.",
            "Neem contact op met de beheerder."),
    MESSAGE_ID_REUSED(4101, "0007", "Deze MessageID is al gebruikt voor een bericht met andere inhoud.",
            "Geef het nieuwe bericht een nieuwe MessageID."),

    PURPOSE_UNKNOWN(5101, "0002", "Het doel bestaat niet.", "Kies een doel uit de codelijst."),
    PURPOSE_NOT_ALLOWED(5102, "0002", "Dit berichttype mag niet met dit doel worden verstuurd.",
            "Kies een doel dat bij het berichttype hoort."),
    SENDER_FUNCTION_NOT_ALLOWED(5103, "0002",
            "De zender heeft deze functie niet in de casus, of de functie mag dit berichttype niet versturen.",
            "Gebruik een functie die de organisatie in deze casus heeft."),
    RECEIVER_NOT_IN_CASE(5104, "0002", "De ontvanger heeft geen functie in deze casus die dit bericht mag ontvangen.",
            "Kies een organisatie of functie uit de route van de casus."),
    ESSENTIAL_NOT_ALLOWED(5106, "0002", "Een onmisbaar veld mag niet naar deze ontvanger.",
            "Stuur de gegevens in een berichttype dat voor deze ontvanger bedoeld is."),
    NEEDS_CONSENT(5107, "0002", "Er is geen geldige toestemming voor dit deel.",
            "Rechtmatig is het na toestemming van de betrokkene voor dit doel, deze ontvanger en deze gegevens; registreer haar en verstuur opnieuw."),
    NEEDS_AGREEMENT(5108, "0002", "De grond voor deze uitwisseling is nog niet bevestigd.",
            "Rechtmatig is het zodra de genoemde afspraak tussen de partners (art. 20 Wpg-besluit, convenant of privacyprotocol) als geldig is geregistreerd."),
    NEEDS_OVERRIDE(5109, "0002", "Zonder toestemming is een vastgelegde afweging nodig.",
            "Leg een conflict van plichten of vitaal belang vast (gevaar, collega geraadpleegd, minimale inhoud)."),
    NEEDS_HUMAN(5110, "0002", "Een mens moet dit eerst beoordelen.",
            "De beoordeling kan nog niet via Ketenpoort worden aangevraagd: wie verantwoordelijk is, beslist daarbuiten, en deze "
                    + "gegevens gaan niet via Ketenpoort."),
    POLICY_ERROR(5111, "0002", "Het beleid kon niet worden beoordeeld; dan wordt niets verstrekt.",
            "Meld het bij de beheerder en verstuur het daarna opnieuw aan deze ontvanger: als nieuw bericht, als u een "
                    + "ontvangstbewijs kreeg."),
    NO_GROUND(5112, "0002", "Er is geen grond om deze gegevens aan deze ontvanger te geven.", null),
    CONSENT_WITHDRAWN(5113, "0002",
            "Er is geen geldige toestemming meer: ingetrokken of verlopen voordat het bericht was bezorgd.",
            "Er is niets verstrekt; overleg met de betrokkene."),
    RECEIVER_ENDED(5114, "0002",
            "De ontvanger heeft zijn functie in de casus of zijn aansluiting verloren voordat het bericht was bezorgd.",
            "Kies de opvolger uit de route van de casus."),
    GIVEN_BEFORE(5118, "0002",
            "De beslissing is veranderd nadat de bezorging was begonnen; de ontvanger kan het bericht al hebben.",
            "Ga na wat de ontvanger heeft en overleg met hem en de betrokkene; er wordt niets meer verstuurd."),
    RECEIVER_CONDITION(5117, "0002",
            "Deze ontvanger mag dit bericht alleen krijgen onder een voorwaarde waaraan de inhoud niet voldoet.",
            "Laat deze ontvanger weg, of vul het veld dat de voorwaarde draagt als dat klopt."),
    LEFT_OUT_AT_ACCEPTANCE(5121, "0002", "Dit deel is bij de aanname weggelaten en komt er later niet meer bij.",
            "Verstuur een nieuw bericht als het deel nu wel verstrekt mag worden."),
    ALL_OR_NOTHING(5115, "0002", "Eén van de ontvangers is geweigerd en de zender vroeg alles of niets.",
            "Verstuur zonder allesOfNiets of herstel de geweigerde ontvanger."),
    FUNCTION_NOT_SEPARATED(5116, "0002",
            "De ontvangende functie deelt haar eindpunt met een functie die dit niet mag lezen.",
            "Geef de functie een eigen eindpunt of registreer de afspraak dat het systeem ze scheidt."),

    CASE_UNKNOWN(6101, "0002", "De casus bestaat niet of is niet van u.", "Controleer het casusnummer."),
    CASE_EXISTS(6102, "0002", "Voor deze gemeente en dit besluitnummer bestaat al een casus.",
            "Gebruik het casusnummer uit het eerste ontvangstbewijs."),
    CASE_CLOSED(6103, "0002", "De casus is gesloten.",
            "Alleen berichten met veiligheidseffect gaan nog door, naar de laatste regiehouder en Veilig Thuis."),
    CASE_REQUIRED(6104, "0004", "Dit berichttype hoort bij een bestaande casus.", "Vul het casusnummer."),
    ROUTE_MISSING(6105, "0002", "Voor deze gemeente is geen route ingericht.",
            "Laat de route van de regio inrichten; tot dan loopt de casus buiten Ketenpoort."),
    PARTICIPANT_NOT_REGISTERED(6106, "0002",
            "Een deelnemer die het bericht noemt is niet aangesloten in de functie die hij zou krijgen.",
            "Noem een organisatie die in die functie is aangesloten, of laat haar daarin aansluiten."),
    PARTICIPANT_NOT_IN_ROUTE(6107, "0002",
            "De route van de gemeente zegt niet wie een deelnemer in deze functie dient.",
            "Noem een functie uit de route; ggz, huisarts, wijkteam en vervolghulp komen door een verzoek in de casus."),
    REGIE_TAKEN_LATER(6108, "0004", "De overname van de regie gaat pas later in.",
            "Stuur de overname op het moment dat zij ingaat; tot dan houdt de regie wie haar heeft."),
    CONSENT_UNKNOWN(6201, "0002", "Deze toestemming bestaat niet in deze casus of is al ingetrokken.",
            "Vraag de toestemmingen van de casus op."),
    MESSAGE_UNKNOWN(6202, "0002", "Dit bericht is niet van u of bestaat niet.",
            "Gebruik de MessageID van een eigen bericht."),
    DELIVERY_UNKNOWN(6203, "0002", "Deze bezorging is niet voor u of bestaat niet.", "Haal de berichten opnieuw op."),
    DIGEST_DIFFERS(6204, "0002", "De digest hoort niet bij deze bezorging.",
            "Bereken de digest over zout en de canonieke inhoud."),

    MAILBOX_OF_ANOTHER_FUNCTION(6205, "0002",
            "Deze postbus gaat alleen open voor wat met het certificaat van haar functie is ondertekend.",
            "Onderteken met het certificaat dat voor deze functie is geregistreerd, of laat een ander registreren."),
    CONSENT_OF_THE_OTHER_SIDE(6207, "0002",
            "Deze functie dient de andere kant, of iemand tegen wie deze persoon beschermd is.",
            "Laat de toestemming registreren door wie deze persoon dient, of door een functie die geen van beiden dient."),

    ENDPOINT_UNREACHABLE(7101, "0051", "Het eindpunt van de ontvanger is niet bereikbaar.",
            "Ketenpoort probeert het opnieuw."),
    ENDPOINT_ANSWER_INVALID(7102, "0002", "Het antwoord van de ontvanger kon niet worden geverifieerd.",
            "Controleer handtekening, RelatesTo en digest van het antwoord."),
    ENDPOINT_MISSING(7103, "0051", "De ontvanger heeft geen eindpunt of postbus voor deze functie.",
            "Laat een eindpunt registreren."),
    ENDPOINT_REFUSED(7104, "0002", "De ontvanger weigerde het bericht.", "Neem contact op met de ontvanger."),
    DELIVERY_UNREADABLE(7105, "0002", "Ketenpoort kan het bewaarde bericht niet meer openen, lezen of opstellen.",
            "Breng de ontvanger langs een andere weg op de hoogte; de beheerder is gewaarschuwd."),

    UNAVAILABLE(9051, "0051", "Ketenpoort kan nu niets aannemen; er is niets opgeslagen.",
            "Verstuur hetzelfde bericht met dezelfde MessageID later opnieuw."),
    COMMIT_NOT_ANSWERED(9052, "0051",
            "De opslag viel weg tijdens het vastleggen: of is gedaan wat u vroeg, is niet bekend.",
            "Verstuur hetzelfde bericht met dezelfde MessageID later opnieuw: wat gedaan is, wordt niet nog eens gedaan."),
    ANSWER_NOT_MADE(9098, "0051", "Wat u vroeg is gedaan, maar het antwoord kon niet worden gemaakt.",
            "Verstuur hetzelfde bericht met dezelfde MessageID opnieuw; meld het kenmerk als het blijft."),
    FAULT_OF_OURS(9099, "0051", "Er ging bij Ketenpoort iets mis; er is niets opgeslagen.",
            "Verstuur hetzelfde bericht met dezelfde MessageID opnieuw; meld het kenmerk als het blijft.");

    private final ErrorCode code;
    private final String digikoppeling;
    private final String description;
    private final String remedy;

    Reason(int number, String digikoppeling, String description, String remedy) {
        this.code = new ErrorCode(number);
        this.digikoppeling = digikoppeling;
        this.description = description;
        this.remedy = remedy;
    }

    /** Permanent code. */
    public ErrorCode code() {
        return code;
    }

    /** Digikoppeling best-practice fault code, four digits. */
    public String digikoppeling() {
        return digikoppeling;
    }

    /** What is wrong, Dutch. */
    public String description() {
        return description;
    }

    /** What to do; empty where nothing would be lawful. */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }
}
