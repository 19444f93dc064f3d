package nl.ketenpoort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The rules of the Digikoppeling Koppelvlakstandaard WUS that a WSDL can keep or break; each test carries their numbers. */
class ServicesTest {

    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    private static final String SOAP = "http://schemas.xmlsoap.org/wsdl/soap/";
    private static final String METADATA = "http://www.w3.org/2007/05/addressing/metadata";

    @ParameterizedTest
    @ValueSource(strings = {"ketenpoort.wsdl", "partner.wsdl"})
    void ww001ServicesAreSoap11DocumentLiteralOverHttp(String file) {
        var wsdl = wsdl(file);

        assertThat(Xml.all(wsdl, SOAP, "binding")).isNotEmpty().allSatisfy(binding -> {
            assertThat(binding.getAttribute("style")).isEqualTo("document");
            assertThat(binding.getAttribute("transport")).isEqualTo("http://schemas.xmlsoap.org/soap/http");
        });
        assertThat(Xml.all(wsdl, SOAP, "body")).allMatch(body -> body.getAttribute("use").equals("literal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ketenpoort.wsdl", "partner.wsdl"})
    void ww003EveryMessageHasOnePartAndSoTheBodyOneElement(String file) {
        assertThat(Xml.all(wsdl(file), WSDL, "message")).isNotEmpty()
                .allSatisfy(message -> assertThat(Xml.children(message, "part")).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ketenpoort.wsdl", "partner.wsdl"})
    void ww004EveryPartRefersToAnElementOfTheEnvelope(String file) {
        var elements = Xml
                .children(Xml.parse(TypeFolder.root().resolve("envelope/v1/envelop.xsd")).getDocumentElement(),
                        "element")
                .stream().map(element -> "kp:" + element.getAttribute("name")).toList();

        assertThat(Xml.all(wsdl(file), WSDL, "part")).allSatisfy(part -> {
            assertThat(part.hasAttribute("type")).isFalse();
            assertThat(part.lookupNamespaceURI("kp")).isEqualTo(Xml.ENVELOPE);
            assertThat(elements).contains(part.getAttribute("element"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ketenpoort.wsdl", "partner.wsdl"})
    void ws002TheSoapActionIsTheActionOfTheRequest(String file) {
        var wsdl = wsdl(file);
        var actions = requests(wsdl).map(ServicesTest::action).toList();

        assertThat(Xml.all(wsdl, SOAP, "operation").stream().map(operation -> operation.getAttribute("soapAction")))
                .containsExactlyInAnyOrderElementsOf(actions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ketenpoort.wsdl", "partner.wsdl"})
    void ws003EveryOperationIsRequestAndResponse(String file) {
        assertThat(operations(wsdl(file))).isNotEmpty().allSatisfy(operation -> {
            assertThat(Xml.children(operation, "input")).hasSize(1);
            assertThat(Xml.children(operation, "output")).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ketenpoort.wsdl", "partner.wsdl"})
    void ws005AFileHasOnePortType(String file) {
        assertThat(Xml.all(wsdl(file), WSDL, "portType")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ketenpoort.wsdl", "partner.wsdl"})
    void ws008EveryInputOutputAndFaultNamesItsAction(String file) {
        var wsdl = wsdl(file);
        var parts = operations(wsdl).stream().flatMap(operation -> Xml.children(operation).stream()).toList();

        assertThat(parts).isNotEmpty().allSatisfy(part -> assertThat(action(part)).startsWith("urn:nl:ketenpoort:"));
        assertThat(requests(wsdl).map(ServicesTest::action)).doesNotHaveDuplicates();
    }

    private static Document wsdl(String file) {
        return Xml.parse(TypeFolder.root().resolve("services").resolve(file));
    }

    private static List<Element> operations(Document wsdl) {
        return Xml.all(wsdl, WSDL, "portType").stream().flatMap(type -> Xml.children(type, "operation").stream())
                .toList();
    }

    private static Stream<Element> requests(Document wsdl) {
        return operations(wsdl).stream().map(operation -> Xml.child(operation, "input"));
    }

    private static String action(Element part) {
        return part.getAttributeNS(METADATA, "Action");
    }
}
