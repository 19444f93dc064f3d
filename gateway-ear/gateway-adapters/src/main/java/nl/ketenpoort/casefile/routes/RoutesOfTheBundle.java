package nl.ketenpoort.casefile.routes;

import java.time.LocalDate;
import java.util.List;

import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Routes;
import nl.ketenpoort.partner.Organisation;
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
        return routes.stream().filter(route -> route.covers(municipality, on))
                .flatMap(route -> route.functions().stream()).filter(function -> function.appliesIn(municipality))
                .filter(function -> function.when().equals("ALTIJD")
                        || minors && function.when().equals("ALS_MINDERJARIGEN"))
                .map(RouteFile.RoutedFunction::party).filter(this::connected).toList();
    }

    private boolean connected(Party party) {
        return partners.find(party.oin()).filter(Organisation::active)
                .map(organisation -> organisation.profile().contains(party.function())).orElse(false);
    }
}
