package nl.ketenpoort.operations.rounds;

import java.util.TreeMap;
import java.util.stream.Collectors;

import nl.ketenpoort.operations.LateRecording;
import nl.ketenpoort.operations.rounds.RecordingRounds.Round;

/** What was refused while nothing could be recorded. */
record LateRounds(LateRecording recording) implements RecordingRounds.Recorded {

    @Override
    public String name() {
        return "Refusals that could not be recorded at once";
    }

    @Override
    public Round record() {
        var recorded = recording.record();
        var summary = recorded.stream()
                .collect(Collectors.groupingBy(refusal -> refusal.reason().code().toString(), TreeMap::new,
                        Collectors.counting()))
                .entrySet().stream().map(counted -> counted.getKey() + " " + counted.getValue())
                .collect(Collectors.joining(", "));
        return new Round(recorded.size(), summary);
    }
}
