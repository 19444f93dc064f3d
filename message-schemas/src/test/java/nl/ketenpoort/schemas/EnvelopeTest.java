package nl.ketenpoort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class EnvelopeTest {

    private static final Element SCHEMA = Xml.parse(TypeFolder.root().resolve("envelope/v1/envelop.xsd"))
            .getDocumentElement();

    /** What the gateway asks a partner to take; all other requests come from outside. */
    private static final String DELIVERY = "bezorgenVerzoek";

    @Test
    void everyValueThatAPartnerSendsHasABound() {
        var requests = Xml.children(SCHEMA, "element").stream()
                .filter(element -> element.getAttribute("name").endsWith("Verzoek"))
                .filter(element -> !element.getAttribute("name").equals(DELIVERY)).toList();
        var unbounded = new ArrayList<String>();

        requests.forEach(request -> unbounded(request, request.getAttribute("name"), unbounded));

        assertThat(requests).hasSizeGreaterThan(5);
        assertThat(unbounded).isEmpty();
    }

    private static void unbounded(Element part, String path, List<String> found) {
        for (var child : Xml.children(part)) {
            switch (child.getLocalName()) {
                case "element", "attribute" -> {
                    var here = path + "/" + child.getAttribute("name");
                    var complex = complexType(child);
                    if (complex.isPresent()) {
                        unbounded(complex.get(), here, found);
                    } else if (!Bounds.has(child)) {
                        found.add(here);
                    }
                }
                default -> unbounded(child, path, found);
            }
        }
    }

    private static Optional<Element> complexType(Element declaration) {
        return Xml.children(declaration, "complexType").stream().findFirst()
                .or(() -> Xml.children(SCHEMA, "complexType").stream()
                        .filter(global -> global.getAttribute("name").equals(declaration.getAttribute("type")))
                        .findFirst());
    }
}
