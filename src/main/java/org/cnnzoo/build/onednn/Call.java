package org.cnnzoo.build.onednn;

import java.util.Collection;

/** One thing that a program does. */
interface Call {
    /** The node it belongs to, for per-layer times. */
    String node();

    /** All memory that it reads or writes. */
    Collection<Storage> storages();

    /** Called once, when all memory has its place. */
    void bind();

    /** Frees what {@link #bind} made. */
    void close();

    /** Does it. */
    void run();
}
