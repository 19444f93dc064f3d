package nl.ketenpoort.demonstration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.certificates.TestCertificates;

/**
 * The partners of the demonstration region, with test OINs (prefix 00000099); any likeness to a real organisation ends
 * at the name. Two functions of one organisation have a simulator, keys and an endpoint each.
 */
public enum Partner {

    POLITIE("Politie", "00000099000000010000", "Politie, eenheid Amsterdam", true, true, "POLITIE"),
    VEILIG_THUIS("Veilig Thuis", "00000099000000020000", "Veilig Thuis Amsterdam-Amstelland", true, true,
            "VEILIG_THUIS"),
    BLIJF_ACHTERBLIJVER("Blijf Groep/achterblijver", "00000099000000030000", "Blijf Groep", false, true,
            "ZC_ACHTERBLIJVER"),
    BLIJF_UHG("Blijf Groep/UHG", "00000099000000030000", "Blijf Groep", false, true, "ZC_UHG"),
    OM("OM", "00000099000000040000", "Openbaar Ministerie, parket Amsterdam", true, true, "OM"),
    GGZ("GGZ", "00000099000000050000", "GGZ Amstelrijk", true, true, "GGZ"),
    JEUGDBESCHERMING("Jeugdbescherming", "00000099000000060000", "Jeugdbescherming Regio Amsterdam", true, true, "GI"),
    HUISARTS("Huisarts", "00000099000000052000", "Huisartsenpraktijk Verzonnen Hof", true, false, "HUISARTS"),
    GEMEENTE("Gemeente", "00000099000000070000", "Gemeente Amsterdam (burgemeester)", true, false, "BURGEMEESTER");

    private final String shownAs;
    private final String oin;
    private final String organisation;
    private final boolean ownGroundForBsn;
    private final boolean push;
    private final List<String> functions;

    Partner(String shownAs, String oin, String organisation, boolean ownGroundForBsn, boolean push,
            String... functions) {
        this.shownAs = shownAs;
        this.oin = oin;
        this.organisation = organisation;
        this.ownGroundForBsn = ownGroundForBsn;
        this.push = push;
        this.functions = List.of(functions);
    }

    /** Short name for a reader, with the function where an organisation has two. */
    public String shownAs() {
        return shownAs;
    }

    /** Who has this function at this organisation; empty for somebody who is not simulated. */
    public static Optional<Partner> of(String oin, String function) {
        return Arrays.stream(values())
                .filter(partner -> partner.oin.equals(oin) && partner.functions.contains(function)).findFirst();
    }

    /** OIN of the organisation. */
    public String oin() {
        return oin;
    }

    /** Name of the organisation. */
    public String organisation() {
        return organisation;
    }

    boolean ownGroundForBsn() {
        return ownGroundForBsn;
    }

    /** Whether the gateway calls it; otherwise it fetches from its mailbox. */
    public boolean push() {
        return push;
    }

    /** Functions it has. */
    public List<String> functions() {
        return functions;
    }

    /** Its keys: where an organisation has two of these partners, each has keys of its own. */
    public PartnerCertificates keys(TestCertificates certificates) {
        var keys = certificates.partner(oin, organisation);
        return Arrays.stream(values()).filter(partner -> partner.oin.equals(oin)).count() > 1
                ? keys.ofFunction(functions.getFirst())
                : keys;
    }

    /** Name of its directory. */
    String directory() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
