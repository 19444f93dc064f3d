package nl.ketenpoort.validation.xml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.validation.PartnerRequest;
import nl.ketenpoort.validation.PartnerRequest.Confirm;
import nl.ketenpoort.validation.PartnerRequest.Fetch;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent.Form;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent.Framework;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent.Giver;
import nl.ketenpoort.validation.PartnerRequest.ShowConsents;
import nl.ketenpoort.validation.PartnerRequest.StatusOf;
import nl.ketenpoort.validation.PartnerRequest.TestCall;
import nl.ketenpoort.validation.PartnerRequest.WithdrawConsent;
import nl.ketenpoort.validation.RequestReading;

/** Requests of every operation but the sending of a case message. */
final class XmlRequestReading implements RequestReading {

    private final BodyReaders readers;
    private final Catalogue catalogue;

    XmlRequestReading(BodyReaders readers, Catalogue catalogue) {
        this.readers = readers;
        this.catalogue = catalogue;
    }

    @Override
    public Examined<PartnerRequest> read(VerifiedMessage verified) {
        var operation = verified.operation();
        return readers.body(verified.body(), operation.wsdlName() + "Verzoek").then(body -> {
            var request = body.request();
            return switch (operation) {
                case SEND -> throw new IllegalStateException("a case message is validated, not read as a request");
                case TEST -> Examined.passed(new TestCall(request.child("tekst").orElseThrow().text()));
                case FETCH -> Examined.passed(new Fetch(request.value("functie").map(PartnerFunction::new),
                        request.value("maximum").map(Integer::valueOf)));
                case CONFIRM -> Examined.passed(new Confirm(request.all("bezorging").stream().map(
                        one -> new Confirm.Item(one.required("bezorgingId"), digest(one.required("digest"))))
                        .toList()));
                case STATUS -> Examined.passed(new StatusOf(new MessageId(request.required("berichtId"))));
                case REGISTER_CONSENT -> consent(request);
                case SHOW_CONSENT -> Examined.passed(new ShowConsents(CaseId.parse(request.required("casus"))));
                case WITHDRAW_CONSENT -> Examined.passed(new WithdrawConsent(CaseId.parse(request.required("casus")),
                        UUID.fromString(request.required("toestemming")),
                        Values.bool(request.required("mogelijkOnderDwang"))));
            };
        });
    }

    private Examined<PartnerRequest> consent(Part request) {
        var giver = oneOf(Giver::valueOf, request.required("gever"));
        var framework = oneOf(Framework::valueOf, request.required("kader"));
        var form = oneOf(Form::valueOf, request.required("vorm"));
        var categories = request.values("categorie").stream().map(code -> oneOf(Category::valueOf, code)).toList();
        if (giver.isEmpty()) {
            return unknownCode("gever");
        }
        if (framework.isEmpty()) {
            return unknownCode("kader");
        }
        if (form.isEmpty()) {
            return unknownCode("vorm");
        }
        if (categories.stream().anyMatch(Optional::isEmpty)) {
            return unknownCode("categorie");
        }
        var purpose = new Purpose(request.required("doel"));
        if (!catalogue.knows(purpose)) {
            return Examined.refused(Refusal.of(Reason.PURPOSE_UNKNOWN).at("doel"));
        }
        for (var name : List.of("van", "naar")) {
            if (!request.values(name).stream().allMatch(this::namesFunctions)) {
                return unknownCode(name);
            }
            if (request.all(name).stream().map(XmlRequestReading::oin).flatMap(Optional::stream)
                    .anyMatch(oin -> !Oin.valid(oin))) {
                return Examined.refused(Refusal.of(Reason.OIN_INVALID).at(name));
            }
        }
        var from = Values.instant(request.required("vanaf"));
        var until = Values.instant(request.required("tot"));
        if (!until.isAfter(from)) {
            return Examined.refused(Refusal.of(Reason.ORDER_INVALID).at("tot"));
        }
        return Examined.passed(new RegisterConsent(CaseId.parse(request.required("casus")),
                new PartnerFunction(request.required("zenderfunctie")), new PersonId(request.required("betrokkene")),
                giver.get(), purpose, named(request, "van"),
                named(request, "naar"), categories.stream().flatMap(Optional::stream).collect(Collectors.toSet()),
                from, until, framework.get(), request.required("taal"),
                Values.bool(request.required("tolkOnafhankelijk")), form.get(),
                request.value("documentDigest").map(XmlRequestReading::digest),
                Values.bool(request.required("anderePartijAanwezig"))));
    }

    /** A function, or a group that means the same functions whoever is in the case; whoever holds regie is neither. */
    private boolean namesFunctions(String code) {
        return new PartnerFunction(code).members().allMatch(function -> catalogue.has("functie", function.code()));
    }

    private static Set<NamedFunction> named(Part request, String name) {
        return request.all(name).stream()
                .flatMap(part -> new PartnerFunction(part.text().strip()).members()
                        .map(function -> new NamedFunction(function, oin(part).map(Oin::new))))
                .collect(Collectors.toSet());
    }

    private static Optional<String> oin(Part part) {
        return Optional.ofNullable(part.attributes().get("oin")).map(String::strip);
    }

    private static Examined<PartnerRequest> unknownCode(String place) {
        return Examined.refused(Refusal.of(Reason.SCHEMA_INVALID).at(place));
    }

    private static <T> Optional<T> oneOf(Function<String, T> values, String code) {
        try {
            return Optional.of(values.apply(code));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** XML lets a base64 value be broken over lines. */
    private static Digest digest(String base64) {
        return Digest.parse(base64.replaceAll("\\s", ""));
    }
}
