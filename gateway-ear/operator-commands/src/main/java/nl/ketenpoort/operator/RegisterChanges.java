package nl.ketenpoort.operator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;

/** The difference between the register and what a file wants of it, in what to tell and in what to write. */
final class RegisterChanges {

    private static final String UNTOLD = "";

    private final Register stored;
    private final Register wanted;
    private final Instant now;

    RegisterChanges(Register stored, Register wanted, Instant now) {
        this.stored = stored;
        this.wanted = wanted;
        this.now = now;
    }

    /** Organisations in order of OIN, then agreements in order of id; those that stay the same too. */
    List<Change> all() {
        var changes = new ArrayList<Change>();
        var oins = new TreeSet<String>();
        wanted.organisations().keySet().forEach(oin -> oins.add(oin.value()));
        wanted.endpoints().keySet().forEach(address -> oins.add(address.oin().value()));
        oins.forEach(oin -> changes.add(organisation(new Oin(oin))));
        new TreeMap<>(wanted.agreements()).values().forEach(agreement -> changes.add(agreement(agreement)));
        return changes;
    }

    /** Endpoints of functions that an organisation loses. */
    Set<Register.Address> lostEndpoints() {
        return stored.endpoints().keySet().stream().filter(address -> {
            var organisation = wanted.organisations().get(address.oin());
            return organisation != null && !organisation.profile().contains(address.function());
        }).collect(Collectors.toSet());
    }

    void writeTo(RegisterTables tables) {
        lostEndpoints().forEach(tables::remove);
        wanted.organisations().values().stream()
                .filter(organisation -> !organisation.equals(stored.organisations().get(organisation.oin())))
                .forEach(tables::write);
        wanted.intermediaryFor().forEach((intermediary, signers) -> {
            if (!signers.equals(stored.signersOf(intermediary))) {
                tables.writeSigners(intermediary, signers);
            }
        });
        wanted.endpoints().forEach((address, endpoint) -> {
            if (!endpoint.equals(stored.endpoints().get(address))) {
                tables.write(endpoint);
            }
        });
        wanted.agreements().values().stream()
                .filter(agreement -> !agreement.equals(stored.agreements().get(agreement.id())))
                .forEach(tables::write);
    }

    private Change organisation(Oin oin) {
        var before = Optional.ofNullable(stored.organisations().get(oin));
        var changed = new HashMap<String, String>();
        Optional.ofNullable(wanted.organisations().get(oin)).ifPresent(after -> {
            note(changed, "naam", before.map(Organisation::name), after.name(), UNTOLD);
            note(changed, "actief", before.map(Organisation::active), after.active(), yesNo(after.active()));
            note(changed, "eigenGrondBsn", before.map(Organisation::ownGroundForBsn), after.ownGroundForBsn(),
                    yesNo(after.ownGroundForBsn()));
            difference(changed, "functies", before.map(Organisation::profile).orElse(Set.of()), after.profile());
            difference(changed, "intermediairVoor", stored.signersOf(oin), wanted.signersOf(oin));
        });
        lostEndpoints().stream().filter(address -> address.oin().equals(oin))
                .forEach(address -> changed.put("eindpunt " + address.function(), "vervallen"));
        wanted.endpoints().forEach((address, endpoint) -> {
            if (address.oin().equals(oin)) {
                endpoint(changed, address.function(), endpoint);
            }
        });
        boolean ends = before.filter(Organisation::active).isPresent()
                && Optional.ofNullable(wanted.organisations().get(oin)).filter(after -> !after.active()).isPresent();
        return change(Change.Subject.ORGANISATION, oin.value(), before.isEmpty(), ends, changed);
    }

    private void endpoint(Map<String, String> changed, PartnerFunction function, Endpoint after) {
        var before = Optional.ofNullable(stored.endpoints().get(new Register.Address(after.oin(), function)));
        var name = "eindpunt " + function;
        note(changed, name + " soort", before.map(endpoint -> endpoint.push().isPresent()), after.push().isPresent(),
                after.push().isPresent() ? "push" : "postbus");
        if (after.push().isPresent()) {
            note(changed, name + " push", before.flatMap(Endpoint::push), after.push().get(), UNTOLD);
        }
        if (!before.flatMap(Endpoint::certificate).equals(after.certificate())) {
            changed.put(name + " certificaat", after.certificate()
                    .map(certificate -> Digest.of(RegisterTables.der(certificate)).base64()).orElse("geen"));
        }
        var separation = before.map(Endpoint::separation);
        note(changed, name + " gescheiden", separation.map(Separation::fromOtherFunctions),
                after.separation().fromOtherFunctions(), yesNo(after.separation().fromOtherFunctions()));
        note(changed, name + " verzegelde delen", separation.map(Separation::ofSealedParts),
                after.separation().ofSealedParts(), yesNo(after.separation().ofSealedParts()));
        if (!separation.flatMap(Separation::document).equals(after.separation().document())) {
            changed.put(name + " gescheiden volgens", UNTOLD);
        }
    }

    private Change agreement(Register.Agreement after) {
        var before = Optional.ofNullable(stored.agreements().get(after.id()));
        var changed = new HashMap<String, String>();
        note(changed, "soort", before.map(Register.Agreement::kind), after.kind(), after.kind());
        note(changed, "omschrijving", before.map(Register.Agreement::description), after.description(), UNTOLD);
        note(changed, "vanaf", before.map(Register.Agreement::from), after.from(), after.from().toString());
        note(changed, "tot", before.map(Register.Agreement::until), after.until(), after.until().toString());
        difference(changed, "partijen", before.map(Register.Agreement::parties).orElse(Set.of()), after.parties());
        boolean ends = before.filter(agreement -> agreement.until().isAfter(now)).isPresent()
                && (!after.until().isAfter(now) || after.until().equals(after.from()));
        return change(Change.Subject.AGREEMENT, after.id(), before.isEmpty(), ends, changed);
    }

    private static Change change(Change.Subject subject, String id, boolean isNew, boolean ends,
            Map<String, String> changed) {
        var kind = isNew
                ? Change.Kind.NEW
                : changed.isEmpty() ? Change.Kind.SAME : ends ? Change.Kind.DEACTIVATED : Change.Kind.CHANGED;
        return new Change(subject, id, kind, changed);
    }

    private static void note(Map<String, String> changed, String name, Optional<?> before, Object after, String told) {
        if (before.isEmpty() || !Objects.equals(before.get(), after)) {
            changed.put(name, told);
        }
    }

    private static void difference(Map<String, String> changed, String name, Set<?> before, Set<?> after) {
        var words = Stream.concat(after.stream().filter(one -> !before.contains(one)).map(one -> "+" + one),
                before.stream().filter(one -> !after.contains(one)).map(one -> "-" + one)).sorted().toList();
        if (!words.isEmpty()) {
            changed.put(name, String.join(" ", words));
        }
    }

    private static String yesNo(boolean value) {
        return value ? "ja" : "nee";
    }
}
