package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.w3c.dom.Document;

/**
 * A message in which every leaf that can say something of its own says something that is said nowhere else: names, texts,
 * addresses, amounts, numbers of people and of files, dates of birth, moments. A value of a closed list, yes or no, a
 * count, a time of day, and who among the persons or organisations is meant, are no marks. What the case itself keeps of
 * a decision stays as it is, because it is kept in the open.
 *
 * @param type name of the type
 * @param name file of the example, and whether it was completed
 * @param request the {@code verzendenVerzoek}
 * @param marks what may be found nowhere
 * @param marked paths of the leaves that hold a mark
 * @param unmarked paths of those that can hold none
 */
record MarkedExample(String type, String name, String request, List<String> marks, Set<String> marked,
        Set<String> unmarked) {

    private static final String KP = "urn:nl:ketenpoort:berichten:v1";

    /** Every accepted example of every type in this folder, as it is and with all that its constraints allow in it. */
    static List<MarkedExample> in(Path types) {
        try (Stream<Path> files = Files.walk(types)) {
            return files.filter(file -> file.getParent().endsWith("examples/accepted")).sorted()
                    .flatMap(file -> Stream.of(marked(types, file, false), marked(types, file, true))).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MarkedExample marked(Path types, Path file, boolean completed) {
        var schema = TypeSchema.of(types, types.relativize(file).getName(0).toString());
        var example = TypeSchema.parsed(file);
        var persons = TypeSchema.elements(example.getDocumentElement(), KP, "persoon");
        var inside = TypeSchema.elements(example.getDocumentElement(), KP, "inhoud").getFirst();
        var content = TypeSchema.children(inside).getFirst();
        if (completed) {
            var person = persons.stream().map(one -> one.getAttribute("id")).findFirst().orElse("ab1");
            new Completing(schema, person).complete(content);
            persons.forEach(Completing::identify);
        }
        var marking = new Marking();
        persons.forEach(marking::person);
        marking.content(content, schema.root(), schema.type());
        return new MarkedExample(schema.type(), file.getFileName() + (completed ? ", completed" : ""),
                written(example), marking.marks(), marking.marked(), marking.unmarked());
    }

    private static String written(Document document) {
        try {
            var out = new StringWriter();
            TransformerFactory.newDefaultInstance().newTransformer()
                    .transform(new DOMSource(document.getDocumentElement()), new StreamResult(out));
            return out.toString();
        } catch (TransformerException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
