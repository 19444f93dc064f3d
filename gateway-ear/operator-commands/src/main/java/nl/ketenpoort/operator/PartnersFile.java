package nl.ketenpoort.operator;

import java.util.List;
import java.util.Optional;

import nl.ketenpoort.partner.Separation;

/** What a file of partners says, as it says it: nothing of it has been judged. Lines count from 1. */
record PartnersFile(List<OrganisationEntry> organisations, List<EndpointEntry> endpoints,
        List<AgreementEntry> agreements) {

    record Text(int line, String value) {}

    record OrganisationEntry(int line, String oin, String name, boolean active, boolean ownGroundForBsn,
            List<Text> functions, List<Text> intermediaryFor) {}

    record CertificateEntry(int line, Optional<String> file, String pem) {}

    record EndpointEntry(int line, String oin, String function, Optional<String> push,
            Optional<CertificateEntry> certificate, Separation separation) {}

    record AgreementEntry(int line, String id, String kind, String description, String from, String until,
            boolean active, List<Text> parties) {}
}
