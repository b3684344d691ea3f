package org.cnnzoo.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.cnnzoo.data.PixelImage;

/** Pictures as PNG, made without fonts or a screen. */
public final class Png {
    private Png() {}

    /** At least as small as {@code longest} on its longer side, proportions kept. */
    static byte[] of(PixelImage image, int longest) {
        int side = Math.max(image.height(), image.width());
        PixelImage small =
                side <= longest
                        ? image
                        : image.resized(
                                Math.max(1, image.height() * longest / side),
                                Math.max(1, image.width() * longest / side));
        PixelImage rgb = small.toRgb();
        BufferedImage picture =
                new BufferedImage(rgb.width(), rgb.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < rgb.height(); y++) {
            for (int x = 0; x < rgb.width(); x++) {
                picture.setRGB(
                        x, y, rgb.at(0, y, x) << 16 | rgb.at(1, y, x) << 8 | rgb.at(2, y, x));
            }
        }
        return of(picture);
    }

    /** A picture as PNG. */
    public static byte[] of(BufferedImage picture) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, "png", png)) {
                throw new IllegalStateException("no PNG encoder");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e); // to memory
        }
        return png.toByteArray();
    }

    /** For an {@code src} that needs no request. */
    static String dataUri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
