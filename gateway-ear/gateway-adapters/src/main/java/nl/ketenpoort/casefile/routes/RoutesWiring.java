package nl.ketenpoort.casefile.routes;

import java.nio.file.Path;

import nl.ketenpoort.casefile.Routes;
import nl.ketenpoort.partner.PartnerRegister;

/** The door of this package, for the composition root alone. */
public final class RoutesWiring {

    private RoutesWiring() {}

    /**
     * The routes of the bundle in this directory. An organisation that the register does not have, or that is not active,
     * becomes no party.
     *
     * @throws IllegalStateException if a route does not keep {@code routes-v1.xsd}; the message names the file
     */
    public static Routes routes(Path bundle, PartnerRegister partners) {
        return new RoutesOfTheBundle(RouteFile.readAll(bundle.resolve("routes")), partners);
    }
}
