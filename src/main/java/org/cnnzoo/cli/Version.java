package org.cnnzoo.cli;

import org.cnnzoo.run.Versions;
import picocli.CommandLine.IVersionProvider;

/** {@code cnn --version}: ours, Deeplearning4j's with its native library, Java's. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String extension = Versions.extension();
        return new String[] {
            "cnn " + Versions.cnn(),
            "Deeplearning4j "
                    + Versions.deeplearning4j()
                    + " (native library "
                    + (extension.isEmpty() ? "without oneDNN" : extension.substring(1))
                    + ")",
            "Java " + System.getProperty("java.version")
        };
    }
}
