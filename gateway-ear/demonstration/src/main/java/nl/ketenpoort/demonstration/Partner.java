package nl.ketenpoort.demonstration;

import java.util.List;

/**
 * The partners of the demonstration region, with test OINs (prefix 00000099); any likeness to a real organisation ends
 * at the name. Two functions of one organisation have a simulator, an endpoint and a mailbox each.
 */
public enum Partner {

    POLITIE("00000099000000010000", "Politie, eenheid Amsterdam", true, true, "POLITIE"),
    VEILIG_THUIS("00000099000000020000", "Veilig Thuis Amsterdam-Amstelland", true, true, "VEILIG_THUIS"),
    BLIJF_ACHTERBLIJVER("00000099000000030000", "Blijf Groep", false, true, "ZC_ACHTERBLIJVER"),
    BLIJF_UHG("00000099000000030000", "Blijf Groep", false, true, "ZC_UHG"),
    OM("00000099000000040000", "Openbaar Ministerie, parket Amsterdam", true, true, "OM"),
    GGZ("00000099000000050000", "GGZ Amstelrijk", true, true, "GGZ"),
    JEUGDBESCHERMING("00000099000000060000", "Jeugdbescherming Regio Amsterdam", true, true, "GI"),
    GEMEENTE("00000099000000070000", "Gemeente Amsterdam (burgemeester)", true, false, "BURGEMEESTER");

    private final String oin;
    private final String organisation;
    private final boolean ownGroundForBsn;
    private final boolean push;
    private final List<String> functions;

    Partner(String oin, String organisation, boolean ownGroundForBsn, boolean push, String... functions) {
        this.oin = oin;
        this.organisation = organisation;
        this.ownGroundForBsn = ownGroundForBsn;
        this.push = push;
        this.functions = List.of(functions);
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

    /** Name of its directory. */
    String directory() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
