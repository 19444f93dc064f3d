package nl.ketenpoort.purpose.cedar;

import java.nio.file.Path;

import nl.ketenpoort.purpose.PolicyEngine;

/** The door of this package, for the composition root alone. */
public final class CedarWiring {

    private CedarWiring() {}

    /**
     * The policies in this directory ({@code policies/} of the repository, or its bundle unpacked).
     *
     * @throws IllegalStateException if a file is missing, does not parse, or a policy or the bundle lacks what it must say; the
     *         message names the file
     */
    public static PolicyEngine engine(Path directory) {
        return new CedarPolicyEngine(PolicyBundle.read(directory));
    }
}
