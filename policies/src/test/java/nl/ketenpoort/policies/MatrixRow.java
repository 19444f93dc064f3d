package nl.ketenpoort.policies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of the matrix. Rows that differ in one of the first columns only are one row that names them all.
 *
 * @param keys values of the columns in which rows may differ and still be one, each a list
 * @param cells the other columns
 * @param policies ids of the policies that permit
 */
record MatrixRow(List<List<String>> keys, List<String> cells, Set<String> policies) {

    /** Rows that are alike made one, in each column as long as that helps, in the order of the first of them. */
    static List<MatrixRow> merged(List<MatrixRow> rows) {
        List<MatrixRow> before = rows;
        List<MatrixRow> after = rows;
        do {
            before = after;
            for (int column = before.isEmpty() ? -1 : before.getFirst().keys().size() - 1; column >= 0; column--) {
                after = merged(after, column);
            }
        } while (after.size() < before.size());
        return after;
    }

    private static List<MatrixRow> merged(List<MatrixRow> rows, int column) {
        BinaryOperator<MatrixRow> together = (one, other) -> one.with(other, column);
        Map<Object, MatrixRow> alike = rows.stream().collect(Collectors.toMap(row -> row.without(column),
                Function.identity(), together, LinkedHashMap::new));
        return List.copyOf(alike.values());
    }

    private List<Object> without(int column) {
        List<Object> others = new ArrayList<>(keys);
        others.remove(column);
        others.add(cells);
        return others;
    }

    private MatrixRow with(MatrixRow other, int column) {
        List<List<String>> both = new ArrayList<>(keys);
        both.set(column,
                Stream.concat(keys.get(column).stream(), other.keys.get(column).stream()).distinct().toList());
        Set<String> all = new TreeSet<>(policies);
        all.addAll(other.policies);
        return new MatrixRow(List.copyOf(both), cells, all);
    }

    @Override
    public String toString() {
        return Stream.of(keys.stream().map(MatrixRow::named), cells.stream(),
                policies.isEmpty() ? Stream.<String>empty() : Stream.of(listed(policies))).flatMap(Function.identity())
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String named(List<String> values) {
        return values.size() > 1 && Set.copyOf(values).containsAll(Datum.SUBJECTS) ? "wie ook" : listed(values);
    }

    static String listed(Iterable<String> values) {
        String written = String.join(" ", values);
        return written.isEmpty() ? "–" : written;
    }

    /** Each label with what stands under it. */
    static String labelled(Map<String, List<String>> byLabel) {
        return byLabel.isEmpty()
                ? "–"
                : byLabel.entrySet().stream().map(entry -> entry.getKey().isEmpty()
                        ? listed(entry.getValue())
                        : entry.getKey() + ": " + listed(entry.getValue())).collect(Collectors.joining("; "));
    }
}
