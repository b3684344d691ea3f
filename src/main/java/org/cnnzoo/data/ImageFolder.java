package org.cnnzoo.data;

/** To come. */
public final class ImageFolder {
    static final long HASHED_CONTENT_BYTES = 1L << 30;

    private ImageFolder() {}
}
