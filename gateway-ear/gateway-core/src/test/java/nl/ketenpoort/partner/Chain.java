package nl.ketenpoort.partner;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The partners of the tests, under their test OINs, and the functions they have. */
public final class Chain {

    public static final Oin GATEWAY = new Oin("00000099000000001000");
    public static final Oin POLICE = new Oin("00000099000000010000");
    public static final Oin SAFE_AT_HOME = new Oin("00000099000000020000");
    public static final Oin BLIJF = new Oin("00000099000000030000");
    public static final Oin OM = new Oin("00000099000000040000");
    public static final Oin GGZ = new Oin("00000099000000050000");
    public static final Oin PROBATION = new Oin("00000099000000080000");

    public static final PartnerFunction POLITIE = new PartnerFunction("POLITIE");
    public static final PartnerFunction VEILIG_THUIS = PartnerFunction.VEILIG_THUIS;
    public static final PartnerFunction ZC_ACHTERBLIJVER = PartnerFunction.ZC_ACHTERBLIJVER;
    public static final PartnerFunction ZC_UHG = PartnerFunction.ZC_UHG;
    public static final PartnerFunction OM_FUNCTION = new PartnerFunction("OM");
    public static final PartnerFunction GGZ_FUNCTION = new PartnerFunction("GGZ");

    private Chain() {}

    /** These functions, of whichever organisation has them in the case. */
    public static Set<NamedFunction> any(PartnerFunction... functions) {
        return Stream.of(functions).map(NamedFunction::ofAny).collect(Collectors.toSet());
    }
}
