package nl.ketenpoort.partner;

import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;

/** Whether somebody who proved who he is may use the gateway at all. */
public final class Admission {

    private final PartnerRegister partners;

    /** Over this register. */
    public Admission(PartnerRegister partners) {
        this.partners = partners;
    }

    /**
     * Admits an active organisation that speaks over its own connection, or over that of an active intermediary that is
     * registered for it.
     */
    public Examined<Organisation> admit(Oin signer, Oin tlsParty) {
        if (!signer.equals(tlsParty) && !(partners.isIntermediaryFor(tlsParty, signer) && active(tlsParty))) {
            return Examined.refused(Reason.SIGNER_NOT_TLS_PARTY);
        }
        var organisation = partners.find(signer);
        if (organisation.isEmpty()) {
            return Examined.refused(Reason.ORGANISATION_UNKNOWN);
        }
        return organisation.get().active()
                ? Examined.passed(organisation.get())
                : Examined.refused(Reason.ORGANISATION_INACTIVE);
    }

    private boolean active(Oin oin) {
        return partners.find(oin).map(Organisation::active).orElse(false);
    }
}
