package nl.ketenpoort.policies;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;

/** A category of data about a role in the case, or about nobody. */
record Datum(String category, String subject) {

    static final List<String> CATEGORIES = List.of("O", "I", "H", "C", "CB", "K", "F", "N", "M", "S", "SK", "WT", "WV",
            "WK", "WU", "T");
    static final List<String> SUBJECTS = List.of("NIEMAND", "ACHTERBLIJVER", "UITHUISGEPLAATSTE", "MINDERJARIGE",
            "NETWERKPERSOON");

    Map<String, Value> attributes() {
        return new HashMap<>(Map.of("categorie", new PrimString(category), "betreft", new PrimString(subject)));
    }
}
