package nl.ketenpoort.delivery;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;

/**
 * Within a lane the order is kept: one case, one receiver in its function, one urgency. Lanes do not wait for each
 * other, so what is urgent overtakes.
 */
public record Lane(CaseId caseId, Oin receiver, PartnerFunction function, boolean urgent) {

    /** As the name of a durable task. */
    public String name() {
        return caseId + "/" + receiver + "/" + function + (urgent ? "/SPOED" : "/GEWOON");
    }

    /** Reads {@link #name()}. */
    public static Lane parse(String name) {
        var parts = name.split("/", -1);
        return new Lane(CaseId.parse(parts[0]), new Oin(parts[1]), new PartnerFunction(parts[2]),
                parts[3].equals("SPOED"));
    }
}
