package org.cnnzoo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** {@code cnn --version}: ours, Deeplearning4j's with its native library, Java's. */
final class Version implements IVersionProvider {
    private static final String DL4J =
            "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        String extension = System.getProperty("org.bytedeco.javacpp.platform.extension", "");
        return new String[] {
            "cnn " + cnn(),
            "Deeplearning4j "
                    + deeplearning4j()
                    + " (native library "
                    + (extension.isEmpty() ? "without oneDNN" : extension.substring(1))
                    + ")",
            "Java " + System.getProperty("java.version")
        };
    }

    /** The version in the jar's manifest, or {@code development} when run from class files. */
    static String cnn() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The version of Deeplearning4j on the class path, read without loading any of its classes. */
    static String deeplearning4j() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(DL4J)) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version", "of unknown version");
    }
}
