package nl.ketenpoort.messagetype;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A catalogue of some types and purposes. */
public final class KnownTypes implements MessageTypes {

    private final Map<TypeName, MessageType> types;
    private final Set<Purpose> purposes;

    public KnownTypes(Set<Purpose> purposes, MessageType... types) {
        this.types = Arrays.stream(types).collect(Collectors.toMap(MessageType::name, Function.identity()));
        this.purposes = Set.copyOf(purposes);
    }

    @Override
    public Optional<MessageType> find(TypeName name) {
        return Optional.ofNullable(types.get(name));
    }

    @Override
    public Set<TypeName> names() {
        return types.keySet();
    }

    @Override
    public boolean knows(Purpose purpose) {
        return purposes.contains(purpose);
    }
}
