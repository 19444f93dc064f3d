package nl.ketenpoort.operations.rounds;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import nl.ketenpoort.operations.LateRecording;
import nl.ketenpoort.operations.rounds.RecordingRounds.Round;

/**
 * What was refused while nothing could be recorded. With a database each of these would have had its record at once, so a
 * round is followed by one pause, however many there were.
 */
record LateRefusals(LateRecording recording) implements RecordingRounds.Recorded {

    @Override
    public String name() {
        return "Late refusals";
    }

    @Override
    public Round record() {
        var recorded = recording.record();
        var summary = recorded.entrySet().stream()
                .collect(Collectors.groupingBy(refused -> refused.getKey().reason().code().toString(), TreeMap::new,
                        Collectors.summingLong(Map.Entry::getValue)))
                .entrySet().stream().map(counted -> counted.getKey() + " " + counted.getValue())
                .collect(Collectors.joining(", "));
        return new Round(recorded.size(), 1, summary);
    }
}
