package nl.ketenpoort.policies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the manifests of the message types say, read where they stand in the repository. */
final class MessageTypes {

    private static final Path FOLDER = PolicyBundle.FOLDER.resolveSibling("message-schemas").resolve("types");

    private MessageTypes() {}

    /** The functions that become part of a case because a message asks them (ADDS_PARTY). */
    static Set<String> functionsThatARequestBringsIn() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Set<String> functions = new TreeSet<>();
            files.filter(file -> file.endsWith("type.xml"))
                    .map(file -> XmlData.valid("../message-schemas/types/manifest-v1.xsd", file))
                    .flatMap(manifest -> XmlData.elements(manifest, "effect").stream())
                    .filter(effect -> effect.getAttribute("soort").equals("ADDS_PARTY"))
                    .forEach(effect -> functions.addAll(XmlData.words(effect.getAttribute("functies"))));
            return functions;
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
