package nl.ketenpoort.policies;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;

/** Every fact of the contract, always present; the start is the most reserved value of each. */
final class Facts {

    private final Map<String, Object> values;

    private Facts(Map<String, Object> values) {
        this.values = values;
    }

    static Facts none() {
        Map<String, Object> values = new TreeMap<>();
        for (String text : List.of("zenderfunctie", "doel", "fase", "kader")) {
            values.put(text, "GEEN");
        }
        for (String truth : List.of("toestemming", "afweging", "menselijkBesluit", "minderjarigen", "spoed",
                "beschermdTegen", "scheidingGeborgd", "eigenGrondBsn", "veiligheidseffect", "casusGesloten",
                "laatsteRegieOfVt", "correctie")) {
            values.put(truth, false);
        }
        values.put("overeenkomsten", Set.of());
        return new Facts(values);
    }

    Facts with(String fact, Object value) {
        if (!values.containsKey(fact)) {
            throw new IllegalArgumentException("No such fact in the contract: " + fact);
        }
        if (!sameKind(values.get(fact), value)) {
            throw new IllegalArgumentException("The fact " + fact + " cannot be " + value);
        }
        Map<String, Object> changed = new TreeMap<>(values);
        changed.put(fact, value);
        return new Facts(changed);
    }

    private static boolean sameKind(Object before, Object after) {
        return before instanceof Set ? after instanceof Set : before.getClass() == after.getClass();
    }

    Map<String, Value> context() {
        Map<String, Value> context = new HashMap<>();
        values.forEach((fact, value) -> context.put(fact, asCedar(value)));
        return context;
    }

    private static Value asCedar(Object value) {
        return switch (value) {
            case Boolean truth -> new PrimBool(truth);
            case String text -> new PrimString(text);
            case Set<?> kinds -> new CedarList(new TreeSet<>(kinds).stream()
                    .<Value>map(kind -> new PrimString(kind.toString())).toList());
            default -> throw new IllegalArgumentException("No Cedar value for " + value);
        };
    }
}
