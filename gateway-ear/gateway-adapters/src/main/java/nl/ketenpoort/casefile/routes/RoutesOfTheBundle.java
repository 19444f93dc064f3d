package nl.ketenpoort.casefile.routes;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Routes;
import nl.ketenpoort.casefile.routes.RouteFile.RoutedFunction;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.PartnerRegister;

final class RoutesOfTheBundle implements Routes {

    private final List<RouteFile> routes;
    private final PartnerRegister partners;

    RoutesOfTheBundle(List<RouteFile> routes, PartnerRegister partners) {
        this.routes = List.copyOf(routes);
        this.partners = partners;
    }

    @Override
    public List<Party> partiesFor(String municipality, boolean minors, LocalDate on) {
        return functionsIn(municipality, on)
                .filter(function -> function.when().equals("ALTIJD")
                        || minors && function.when().equals("ALS_MINDERJARIGEN"))
                .map(RoutedFunction::party).filter(this::connected).toList();
    }

    @Override
    public Optional<Set<PersonRole>> servedBy(PartnerFunction function, String municipality, LocalDate on) {
        var rows = functionsIn(municipality, on).map(RoutedFunction::party)
                .filter(party -> party.function().equals(function)).toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.stream().flatMap(party -> party.serves().stream()).collect(Collectors.toSet()));
    }

    private Stream<RoutedFunction> functionsIn(String municipality, LocalDate on) {
        return routes.stream().filter(route -> route.covers(municipality, on))
                .flatMap(route -> route.functions().stream()).filter(function -> function.appliesIn(municipality));
    }

    private boolean connected(Party party) {
        return partners.find(party.oin()).filter(Organisation::active)
                .map(organisation -> organisation.profile().contains(party.function())).orElse(false);
    }
}
