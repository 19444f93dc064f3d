package nl.ketenpoort.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a receiver may have about one role: each category that some ground gives stands in one of the columns.
 *
 * @param columns what stands in each column, by its label
 * @param lostWhenProtected what he does not get if he serves somebody the subject is protected from
 * @param policies ids of the policies that permit
 */
record Decision(Map<Column, Map<String, List<String>>> columns, List<String> lostWhenProtected, Set<String> policies) {

    /** What has to be arranged first. */
    enum Column {
        FREE, AFTER_AGREEMENT, AFTER_CONSENT, AFTER_HUMAN, AFTER_SEPARATION, FORBIDDEN
    }

    Decision() {
        this(new TreeMap<>(), new ArrayList<>(), new TreeSet<>());
    }

    void put(Column column, String label, String category) {
        columns.computeIfAbsent(column, any -> new TreeMap<>()).computeIfAbsent(label, any -> new ArrayList<>())
                .add(category);
    }

    /** Categories in this column. */
    List<String> in(Column column) {
        return columns.getOrDefault(column, Map.of()).values().stream().flatMap(List::stream).toList();
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    List<String> cells() {
        List<String> cells = new ArrayList<>();
        for (Column column : Column.values()) {
            if (column == Column.FORBIDDEN) {
                cells.add(MatrixRow.listed(lostWhenProtected));
            }
            cells.add(MatrixRow.labelled(columns.getOrDefault(column, Map.of())));
        }
        return cells;
    }
}
