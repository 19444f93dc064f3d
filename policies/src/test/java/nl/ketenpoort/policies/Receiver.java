package nl.ketenpoort.policies;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;

/** A receiving function and the roles of the persons it serves in the case. */
record Receiver(String function, Set<String> serves) {

    private static final Map<String, Set<String>> BY_ROUTE = Map.of("ZC_ACHTERBLIJVER", Set.of("ACHTERBLIJVER"),
            "ZC_UHG", Set.of("UITHUISGEPLAATSTE"), "GI", Set.of("MINDERJARIGE"));

    /** The receiver as the routes of every region have it. */
    static Receiver of(String function) {
        return new Receiver(function, BY_ROUTE.getOrDefault(function, Set.of()));
    }

    Receiver serving(String... roles) {
        return new Receiver(function, Set.of(roles));
    }

    Map<String, Value> attributes() {
        List<Value> roles = new TreeSet<>(serves).stream().<Value>map(PrimString::new).toList();
        return new HashMap<>(Map.of("functie", new PrimString(function), "dient", new CedarList(roles)));
    }
}
