package org.cnnzoo.card;

import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.Zoo;

/** A model of the zoo at the defaults of its file. */
record Model(Architecture architecture, Network network) {

    static Model load(Zoo zoo, String name) {
        Architecture architecture = zoo.load(name, java.util.List.of());
        return new Model(architecture, NetworkBuilder.build(architecture));
    }

    String name() {
        return architecture.name();
    }

    String family() {
        return architecture.family();
    }

    /** Whether the others of the family are variants of it. */
    boolean base() {
        return name().equals(family());
    }

    /** Channels, height and width, as {@code 3x224x224}. */
    String input() {
        return String.join("x", network.input().sizes().stream().map(String::valueOf).toList());
    }
}
