package org.cnnzoo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.IVersionProvider;

/** {@code cnn --version}: ours, Deeplearning4j's with its native library, Java's. */
final class Version implements IVersionProvider {
    private static final String DL4J =
            "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

    @Override
    public String[] getVersion() {
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

    /** What a run records of its versions, by name. */
    static SortedMap<String, String> all() {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("cnn", cnn());
        versions.put("deeplearning4j", deeplearning4j());
        versions.put("java", System.getProperty("java.version"));
        versions.put("native", System.getProperty("org.bytedeco.javacpp.platform.extension", ""));
        return versions;
    }

    /** The version in the jar's manifest, or {@code development} when run from class files. */
    static String cnn() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The version of Deeplearning4j on the class path, read without loading any of its classes. */
    static String deeplearning4j() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(DL4J)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "of unknown version");
    }
}
