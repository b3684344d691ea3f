package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cnnzoo.errors.BadInput;
import org.junit.jupiter.api.Test;

class TestViewsTest {
    private static final Normalization PLAIN = new Normalization(new float[] {0}, new float[] {1});

    /** A pixel's value tells its place: 16 y + x. */
    private static PixelImage places(int height, int width) {
        byte[] pixels = new byte[height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (16 * (i / width) + i % width);
        }
        return new PixelImage(1, height, width, pixels);
    }

    private static ImageSet twice(PixelImage image) {
        return new ImageSet() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public int label(int i) {
                return 5 + i;
            }

            @Override
            public String name(int i) {
                return "image#" + i;
            }

            @Override
            public PixelImage image(int i) {
                return image;
            }
        };
    }

    private static Preprocessing to(int side, ResizeMode mode, double fraction) {
        return new Preprocessing(1, side, side, mode, PLAIN, fraction);
    }

    @Test
    void aBrokenPictureIsTriedAndToldOnce() {
        NumberedImages images = new NumberedImages(3, 1);
        TestViews views = new TestViews(images, to(4, ResizeMode.CROP, 1), TestViews.Kind.TEN_CROP);
        List<String> told = new ArrayList<>();
        PreparedImages prepared =
                new PreparedImages(views, to(4, ResizeMode.CROP, 1), 0, told::add);
        for (int i = 0; i < views.size(); i++) {
            assertThat(prepared.image(i).isPresent()).isEqualTo(i / 10 != 1);
        }
        assertThat(told).containsExactly("left out image#1: broken on purpose");
        assertThat(images.decoded()).isEqualTo(3);
    }

    /** With 7 px of a network and 8 px of an image nothing is resized: 7 / 0.875 = 8. */
    @Test
    void tenCropsAreTorchvisions() throws IOException {
        PixelImage image = places(8, 8);
        TestViews views =
                new TestViews(twice(image), to(7, ResizeMode.CROP, 1), TestViews.Kind.TEN_CROP);
        assertThat(views.size()).isEqualTo(20);
        List<Integer> corners = IntStream.range(0, 10).mapToObj(i -> first(views, i)).toList();
        // Upper left, upper right, lower left, lower right; half a pixel goes down, to the even
        assertThat(corners.subList(0, 5)).containsExactly(0, 1, 16, 17, 0);
        // The same places of the mirror image, whose first column is the last one
        assertThat(corners.subList(5, 10)).containsExactly(7, 6, 23, 22, 7);
        assertThat(views.image(5)).isEqualTo(image.window(0, 1, 7, 7).flipHorizontally());
        assertThat(List.of(views.label(9), views.label(10))).containsExactly(5, 6);
        assertThat(views.name(10)).isEqualTo("image#1");
    }

    @Test
    void cornersAreThoseOfTheWholeImage() throws IOException {
        PixelImage wide = places(8, 12);
        TestViews views =
                new TestViews(twice(wide), to(4, ResizeMode.CROP, 0.5), TestViews.Kind.TEN_CROP);
        assertThat(views.image(1)).isEqualTo(wide.window(0, 8, 4, 4));
        assertThat(views.image(3)).isEqualTo(wide.window(4, 8, 4, 4));
        assertThat(views.image(4)).isEqualTo(wide.window(2, 4, 4, 4));
        assertThat(views.prepared().image(13)).contains(wide.window(4, 8, 4, 4));
    }

    @Test
    void smallImagesAreEnlargedFirst() throws IOException {
        PixelImage image = places(14, 14);
        for (ResizeMode mode : ResizeMode.values()) {
            TestViews views = new TestViews(twice(image), to(14, mode, 1), TestViews.Kind.TEN_CROP);
            assertThat(views.image(0))
                    .isEqualTo(image.resized(16, 16).window(0, 0, 14, 14))
                    .isNotEqualTo(views.image(3));
        }
    }

    @Test
    void aFlipIsTheImageAndItsMirrorImage() throws IOException {
        PixelImage image = places(6, 6);
        TestViews views =
                new TestViews(twice(image), to(6, ResizeMode.CROP, 1), TestViews.Kind.FLIP);
        assertThat(views.size()).isEqualTo(4);
        assertThat(views.image(2)).isEqualTo(image);
        assertThat(views.image(3)).isEqualTo(image.flipHorizontally());
    }

    @Test
    void anUnknownKindSaysWhichThereAre() {
        assertThat(TestViews.Kind.named("Ten-Crop")).isEqualTo(TestViews.Kind.TEN_CROP);
        assertThatThrownBy(() -> TestViews.Kind.named("five"))
                .isInstanceOf(BadInput.class)
                .hasMessage("--tta must be none, flip or ten-crop, not 'five'");
    }

    private static int first(TestViews views, int i) {
        try {
            return views.image(i).at(0, 0, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
