package nl.ketenpoort.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import nl.ketenpoort.operator.PartnersFile.AgreementEntry;
import nl.ketenpoort.operator.PartnersFile.CertificateEntry;
import nl.ketenpoort.operator.PartnersFile.EndpointEntry;
import nl.ketenpoort.operator.PartnersFile.OrganisationEntry;
import nl.ketenpoort.operator.PartnersFile.Text;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;

/**
 * Judges what a file says, against the codes that exist and the register as it is. Names all that is wrong, not the
 * first thing. Passes over a value that {@link PartnersFileReader} has reported.
 */
final class PartnersCheck {

    private static final int LARGEST_CERTIFICATE = 65_536;
    /** As in the schema, which reports what is not of this shape. */
    private static final Pattern OIN_SHAPE = Pattern.compile("[0-9]{8}[0-9A-Z]{12}");
    private static final Pattern CODE_SHAPE = Pattern.compile("[A-Z][A-Z0-9_]{0,60}");

    private final Path directory;
    private final Register stored;
    private final KnownCodes codes;
    private final boolean allowLoopback;
    private final Instant now;
    private final List<Problem> problems;

    private final Map<Oin, Organisation> organisations = new HashMap<>();
    private final Map<Oin, Set<Oin>> intermediaryFor = new HashMap<>();
    private final Map<Register.Address, Endpoint> endpoints = new HashMap<>();
    private final Map<String, Register.Agreement> agreements = new HashMap<>();

    private PartnersCheck(Path directory, Register stored, KnownCodes codes, boolean allowLoopback,
            Instant now, List<Problem> problems) {
        this.directory = directory;
        this.stored = stored;
        this.codes = codes;
        this.allowLoopback = allowLoopback;
        this.now = now;
        this.problems = problems;
    }

    /**
     * What the register is to hold for whatever the file names; worth something only if no problem was added.
     *
     * @param directory what file references in it are relative to
     * @param now certificates must be valid then, and an agreement that the file ends, ends then
     */
    static Register judge(PartnersFile file, Path directory, Register stored, KnownCodes codes, boolean allowLoopback,
            Instant now, List<Problem> problems) {
        var check = new PartnersCheck(directory, stored, codes, allowLoopback, now, problems);
        file.organisations().forEach(check::organisation);
        file.organisations().forEach(check::intermediary);
        file.endpoints().forEach(check::endpoint);
        file.endpoints().forEach(check::apart);
        file.agreements().forEach(check::agreement);
        return new Register(check.organisations, check.intermediaryFor, check.endpoints, check.agreements);
    }

    private void organisation(OrganisationEntry entry) {
        var functions = new HashSet<PartnerFunction>();
        for (var function : entry.functions()) {
            function(function, entry.active()).ifPresent(functions::add);
        }
        oin(entry.line(), entry.oin()).ifPresent(oin -> organisations.put(oin,
                new Organisation(oin, entry.name(), entry.active(), functions, entry.ownGroundForBsn())));
    }

    /** After all organisations are known. */
    private void intermediary(OrganisationEntry entry) {
        var signers = new HashSet<Oin>();
        for (var signer : entry.intermediaryFor()) {
            if (signer.value().equals(entry.oin())) {
                problem(signer.line(), "Organisatie %s staat als intermediair voor zichzelf.".formatted(entry.oin()),
                        "Haal het weg: voor zichzelf spreken mag altijd.");
            } else {
                connected(signer).ifPresent(signers::add);
            }
        }
        if (Oin.valid(entry.oin())) {
            intermediaryFor.put(new Oin(entry.oin()), Set.copyOf(signers));
        }
    }

    private void endpoint(EndpointEntry entry) {
        var oin = connected(new Text(entry.line(), entry.oin()));
        var function = function(new Text(entry.line(), entry.function()), false);
        if (oin.isPresent() && function.isPresent()) {
            if (!profileOf(oin.get()).contains(function.get())) {
                problem(entry.line(), "Organisatie %s heeft de functie %s niet.".formatted(oin.get(), function.get()),
                        "Zet de functie bij de organisatie, of haal het eindpunt weg.");
            }
        }
        var push = entry.push().flatMap(text -> PushAddress.read(text, allowLoopback, entry.line(), problems));
        var certificate = entry.certificate().flatMap(found -> certificate(found, oin));
        if (entry.push().isPresent() && entry.certificate().isEmpty()) {
            problem(entry.line(), "Het eindpunt heeft een pushadres en geen certificaat.",
                    "Zet het certificaat erbij: zonder kan een bezorging niet versleuteld worden.");
        }
        if (oin.isPresent() && function.isPresent()) {
            endpoints.put(new Register.Address(oin.get(), function.get()),
                    new Endpoint(oin.get(), function.get(), push, certificate, entry.separation()));
        }
    }

    /**
     * After all endpoints are known: one that is said to be apart has an address and a certificate of its own, or names the
     * document in which that is undertaken.
     */
    private void apart(EndpointEntry entry) {
        var own = Optional.ofNullable(OIN_SHAPE.matcher(entry.oin()).matches() && Oin.valid(entry.oin())
                && CODE_SHAPE.matcher(entry.function()).matches()
                        ? endpoints.get(new Register.Address(new Oin(entry.oin()),
                                new PartnerFunction(entry.function())))
                        : null);
        if (own.isEmpty()) {
            return;
        }
        var all = new HashMap<>(stored.endpoints());
        all.putAll(endpoints);
        all.values().stream().filter(other -> other.oin().equals(own.get().oin())
                && !other.function().equals(own.get().function()) && profileOf(other.oin()).contains(other.function()))
                .filter(other -> share(own.get(), other) && (isSaidToBeApart(own.get()) || isSaidToBeApart(other)))
                .map(Endpoint::function).sorted().findFirst()
                .ifPresent(other -> problem(entry.line(),
                        "Eindpunt %s van %s is niet gescheiden van %s: het deelt adres of certificaat, of heeft er geen."
                                .formatted(entry.function(), entry.oin(), other),
                        "Geef elke functie een eigen adres en een eigen certificaat (ook een postbus), of noem in "
                                + "gescheidenVolgens het stuk waarin de partner toezegt dat zijn systeem ze scheidt."));
    }

    /** Functions it has once the file is applied. */
    private Set<PartnerFunction> profileOf(Oin oin) {
        return Optional.ofNullable(organisations.getOrDefault(oin, stored.organisations().get(oin)))
                .map(Organisation::profile).orElse(Set.of());
    }

    private static boolean isSaidToBeApart(Endpoint endpoint) {
        return endpoint.separation().fromOtherFunctions() && endpoint.separation().document().isEmpty();
    }

    private static boolean share(Endpoint one, Endpoint other) {
        return one.push().isPresent() && one.push().equals(other.push())
                || one.certificate().isEmpty() || other.certificate().isEmpty()
                || one.certificate().equals(other.certificate());
    }

    private Optional<X509Certificate> certificate(CertificateEntry entry, Optional<Oin> owner) {
        if (entry.file().isPresent() == !entry.pem().isEmpty()) {
            problem(entry.line(), "Het certificaat staat nergens, of in het bestand én ernaast.",
                    "Geef òf de PEM in het element, òf een bestand in het attribuut bestand.");
            return Optional.empty();
        }
        var pem = entry.file().isPresent() ? content(entry.file().get(), entry.line()) : Optional.of(entry.pem());
        return pem.flatMap(text -> owner
                .flatMap(oin -> EncryptionCertificate.read(text, oin, now, entry.line(), problems)));
    }

    private Optional<String> content(String name, int line) {
        try {
            var path = Path.of(name);
            if (path.isAbsolute()) {
                problem(line, "Certificaatbestand '%s' is een absoluut pad.".formatted(name),
                        "Geef het pad vanaf de map van dit bestand.");
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(directory.resolve(path))) {
                byte[] bytes = in.readNBytes(LARGEST_CERTIFICATE + 1);
                if (bytes.length > LARGEST_CERTIFICATE) {
                    problem(line, "Certificaatbestand '%s' is te groot voor één certificaat.".formatted(name),
                            "Geef alleen het certificaat van de partner, als PEM.");
                    return Optional.empty();
                }
                return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException | InvalidPathException unreadable) {
            problem(line, "Certificaatbestand '%s' is niet te lezen.".formatted(name),
                    "Kijk of het bestaat, vanaf de map van dit bestand, en of u het mag lezen.");
            return Optional.empty();
        }
    }

    private void agreement(AgreementEntry entry) {
        if (CODE_SHAPE.matcher(entry.kind()).matches() && !codes.agreementKinds().contains(entry.kind())) {
            problem(entry.line(), "Afspraaksoort '%s' bestaat niet.".formatted(entry.kind()),
                    "Kies uit: " + String.join(", ", codes.agreementKinds()) + ".");
        }
        var parties = new HashSet<Oin>();
        entry.parties().forEach(party -> connected(party).ifPresent(parties::add));
        var from = moment(entry.from());
        var until = moment(entry.until());
        if (from.isEmpty() || until.isEmpty()) {
            return;
        }
        if (!until.get().isAfter(from.get())) {
            problem(entry.line(), "Afspraak %s eindigt niet na haar begin.".formatted(entry.id()),
                    "Zet tot later dan vanaf.");
        }
        var agreement = new Register.Agreement(entry.id(), entry.kind(), entry.description(), from.get(), until.get(),
                parties);
        agreements.put(entry.id(), entry.active() ? agreement : ended(agreement));
    }

    /** One that has ended keeps its end, so that applying a file again does not move it. */
    private Register.Agreement ended(Register.Agreement agreement) {
        var held = Optional.ofNullable(stored.agreements().get(agreement.id())).map(Register.Agreement::until)
                .filter(end -> !end.isAfter(now));
        if (held.isPresent()) {
            return agreement.endingAt(held.get());
        }
        if (!agreement.until().isAfter(now)) {
            return agreement;
        }
        return agreement.endingAt(agreement.from().isAfter(now) ? agreement.from() : now);
    }

    private Optional<Oin> oin(int line, String text) {
        if (!OIN_SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        if (!Oin.valid(text)) {
            problem(line, "'%s' is geen OIN: de eerste acht posities zijn onbekend.".formatted(text),
                    "Neem het OIN over uit het COR of uit het certificaat van de organisatie.");
            return Optional.empty();
        }
        return Optional.of(new Oin(text));
    }

    /** An organisation that is in the file or in the register. */
    private Optional<Oin> connected(Text text) {
        var oin = oin(text.line(), text.value());
        if (oin.isPresent() && !organisations.containsKey(oin.get())
                && !stored.organisations().containsKey(oin.get())) {
            problem(text.line(),
                    "Organisatie %s staat niet in dit bestand en niet in het register.".formatted(oin.get()),
                    "Zet haar bij organisaties, of verbeter het OIN.");
            return Optional.empty();
        }
        return oin;
    }

    private Optional<PartnerFunction> function(Text text, boolean mustBeInForce) {
        if (!CODE_SHAPE.matcher(text.value()).matches()) {
            return Optional.empty();
        }
        boolean ended = codes.endedFunctions().contains(text.value());
        if (!codes.functions().contains(text.value()) && !ended) {
            problem(text.line(), "Functie '%s' bestaat niet.".formatted(text.value()),
                    "Kies uit: " + String.join(", ", codes.functions()) + ".");
            return Optional.empty();
        }
        if (ended && mustBeInForce) {
            problem(text.line(), "Functie '%s' is vandaag niet in gebruik.".formatted(text.value()),
                    "Kies uit: " + String.join(", ", codes.functions()) + ".");
        }
        return Optional.of(new PartnerFunction(text.value()));
    }

    private void problem(int line, String what, String remedy) {
        problems.add(new Problem(line, what, remedy));
    }

    /** Empty if the schema has refused it. */
    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException reported) {
            return Optional.empty();
        }
    }
}
