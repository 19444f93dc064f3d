package nl.ketenpoort.messagetype.xml;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.validation.Schema;

import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.ContentForm;
import nl.ketenpoort.transaction.CaseTime;

/** The catalogue as it was read at start. */
final class ReadCatalogue implements Catalogue {

    private static final String ENVELOPE = "envelope/v1/envelop.xsd";
    private static final Pattern FOLDER = Pattern.compile("([a-z][a-z0-9-]{2,60})/v([1-9][0-9]{0,2})");
    /** Codes begin and end with a Dutch day. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private final Map<TypeName, MessageType> types = new HashMap<>();
    private final Map<TypeName, ContentForm> forms = new HashMap<>();
    private final CodeLists lists;
    private final Schema envelope;
    private final Set<String> envelopeNames;
    private final CaseTime caseTime;

    private ReadCatalogue(SchemaFiles files, CaseTime caseTime) {
        this.caseTime = caseTime;
        var compiler = new SchemaCompiler(files);
        lists = new CodeLists(files, compiler);
        envelope = compiler.compile(ENVELOPE);
        envelopeNames = AnnotatedSchema.namesIn(compiler.parse(ENVELOPE));
        var manifests = compiler.compile("types/manifest-v1.xsd");
        for (var folder : files.lines("types/index.txt")) {
            readFolder(folder, compiler, manifests);
        }
    }

    static Catalogue read(SchemaFiles files, CaseTime caseTime) {
        return new ReadCatalogue(files, caseTime);
    }

    private void readFolder(String folder, SchemaCompiler compiler, Schema manifests) {
        var match = FOLDER.matcher(folder);
        if (!match.matches()) {
            throw BrokenCatalogue.in("types/index.txt", "it names the folder " + folder,
                    "name folders types/<type>/v<version>");
        }
        var name = new TypeName(match.group(1), Integer.parseInt(match.group(2)));
        var stem = "types/" + folder + "/";
        var content = stem + name.name() + ".xsd";
        var schema = new AnnotatedSchema(content, compiler.parse(content));
        var manifest = stem + "type.xml";
        types.put(name, new Manifest(manifest, compiler.parse(manifest, manifests), schema, lists).read(name));
        forms.put(name,
                new ContentForm(compiler.compile(content), compiler.compile(stem + name.name() + "-bezorgd.xsd"),
                        schema.leaves(), schema.branches(), schema.personReferences(), schema.constraints()));
    }

    @Override
    public Optional<MessageType> find(TypeName name) {
        return Optional.ofNullable(types.get(name));
    }

    @Override
    public Set<TypeName> names() {
        return Set.copyOf(types.keySet());
    }

    @Override
    public boolean knows(Purpose purpose) {
        return has("doel", purpose.code());
    }

    @Override
    public boolean has(String codeList, String code) {
        return lists.has(codeList, code, LocalDate.ofInstant(caseTime.now(), ZONE));
    }

    @Override
    public Schema envelope() {
        return envelope;
    }

    @Override
    public Set<String> envelopeNames() {
        return envelopeNames;
    }

    @Override
    public ContentForm form(TypeName type) {
        var form = forms.get(type);
        if (form == null) {
            throw new IllegalArgumentException("the catalogue has no " + type);
        }
        return form;
    }
}
