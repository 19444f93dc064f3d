package nl.ketenpoort.partner;

import static nl.ketenpoort.partner.Chain.GGZ;
import static nl.ketenpoort.partner.Chain.OM;
import static nl.ketenpoort.partner.Chain.POLICE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;

class AdmissionTest {

    private final KnownPartners partners = new KnownPartners();
    private final Admission admission = new Admission(partners);

    @Test
    void anActiveOrganisationOverItsOwnConnectionIsAdmitted() {
        partners.connect(POLICE, Chain.POLITIE);
        assertThat(admission.admit(POLICE, POLICE)).isInstanceOf(Examined.Passed.class);
    }

    @Test
    void anOrganisationThatWasNeverConnectedIsUnknown() {
        assertThat(admission.admit(POLICE, POLICE)).isEqualTo(Examined.refused(Reason.ORGANISATION_UNKNOWN));
    }

    @Test
    void anOrganisationThatEndedItsConnectionIsRefused() {
        partners.connect(POLICE, Chain.POLITIE).end(POLICE);
        assertThat(admission.admit(POLICE, POLICE)).isEqualTo(Examined.refused(Reason.ORGANISATION_INACTIVE));
    }

    @Test
    void aRegisteredIntermediaryBringsWhatAnotherSigned() {
        partners.connect(GGZ, Chain.GGZ_FUNCTION).connect(OM).intermediary(OM, GGZ);
        assertThat(admission.admit(GGZ, OM)).isInstanceOf(Examined.Passed.class);
    }

    @Test
    void nobodyElseBringsWhatAnotherSigned() {
        partners.connect(GGZ, Chain.GGZ_FUNCTION).connect(OM).intermediary(OM, GGZ);
        assertThat(admission.admit(OM, GGZ)).as("the other way round")
                .isEqualTo(Examined.refused(Reason.SIGNER_NOT_TLS_PARTY));
        partners.connect(POLICE, Chain.POLITIE);
        assertThat(admission.admit(GGZ, POLICE)).isEqualTo(Examined.refused(Reason.SIGNER_NOT_TLS_PARTY));
    }

    @Test
    void anIntermediaryThatEndedItsConnectionBringsNothing() {
        partners.connect(GGZ, Chain.GGZ_FUNCTION).connect(OM).intermediary(OM, GGZ).end(OM);
        assertThat(admission.admit(GGZ, OM)).isEqualTo(Examined.refused(Reason.SIGNER_NOT_TLS_PARTY));
    }
}
