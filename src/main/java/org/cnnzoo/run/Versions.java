package org.cnnzoo.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** What ran: the versions of cnn, of Deeplearning4j with its native library, of Java. */
public final class Versions {
    private static final String DL4J =
            "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

    private Versions() {}

    /** What a run records of its versions, by name. */
    public static SortedMap<String, String> all() {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("cnn", cnn());
        versions.put("deeplearning4j", deeplearning4j());
        versions.put("java", System.getProperty("java.version"));
        versions.put("native", extension());
        return versions;
    }

    /** The version in the jar's manifest, or {@code development} when run from class files. */
    public static String cnn() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The version of Deeplearning4j on the class path, read without loading any of its classes. */
    public static String deeplearning4j() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream(DL4J)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "of unknown version");
    }

    /** Which build of the native library runs: {@code -onednn-avx2}, or empty. */
    public static String extension() {
        return System.getProperty("org.bytedeco.javacpp.platform.extension", "");
    }
}
