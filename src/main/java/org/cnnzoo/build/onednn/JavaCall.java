package org.cnnzoo.build.onednn;

import java.util.Collection;
import java.util.List;

/** Something small that is done in Java. */
final class JavaCall implements Call {
    private final String node;
    private final List<Storage> storages;
    private final Runnable work;

    JavaCall(String node, List<Value> values, Runnable work) {
        this.node = node;
        this.storages = values.stream().map(Value::storage).toList();
        this.work = work;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Collection<Storage> storages() {
        return storages;
    }

    @Override
    public void bind() {}

    @Override
    public void close() {}

    @Override
    public void run() {
        work.run();
    }
}
