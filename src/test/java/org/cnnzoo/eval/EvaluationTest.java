package org.cnnzoo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.data.ImageSet;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.data.TestViews;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EvaluationTest {
    private static final Preprocessing PLAIN =
            new Preprocessing(
                    1, 1, 2, ResizeMode.CROP, new Normalization(new float[] {0}, new float[] {1}));

    /** 300 images of two pixels: 51 on the left, their number's remainder by 5 on the right. */
    private static final ImageSet IMAGES =
            new ImageSet() {
                @Override
                public int size() {
                    return 300;
                }

                @Override
                public int label(int i) {
                    return i % 2;
                }

                @Override
                public String name(int i) {
                    return "n" + i;
                }

                @Override
                public PixelImage image(int i) {
                    return new PixelImage(1, 1, 2, new byte[] {51, (byte) (i % 5)});
                }
            };

    /** Answers with the log of the left pixel and of the rest. */
    private static INDArray left(INDArray images) {
        INDArray logits = Nd4j.create((int) images.size(0), 2);
        for (int n = 0; n < images.size(0); n++) {
            float seen = Math.max(1e-30f, images.getFloat(n, 0, 0, 0));
            logits.putRow(
                    n, Nd4j.createFromArray((float) Math.log(seen), (float) Math.log1p(-seen)));
        }
        return logits;
    }

    @Test
    void aLimitTakesImagesOfTheWholeSplit() {
        ImageSet byClass = // as folders list them: the first half is of class 0
                new ImageSet() {
                    @Override
                    public int size() {
                        return 1024;
                    }

                    @Override
                    public int label(int i) {
                        return i / 512;
                    }

                    @Override
                    public String name(int i) {
                        return "n" + i;
                    }

                    @Override
                    public PixelImage image(int i) {
                        return new PixelImage(1, 1, 2, new byte[] {51, 0});
                    }
                };
        EvalResult result =
                new Evaluation(List.of("a", "b"), 1, 1)
                        .run(EvaluationTest::left, new PreparedImages(byClass, PLAIN));
        assertThat(result.images()).isEqualTo(256);
        assertThat(result.perClass()).allSatisfy(c -> assertThat(c.support()).isEqualTo(128));
    }

    private static List<LabelledAnswer> answers(TestViews.Kind kind) {
        List<LabelledAnswer> answers = new ArrayList<>();
        EvalResult result =
                new Evaluation(List.of("a", "b"), 2, 0)
                        .run(
                                EvaluationTest::left,
                                new TestViews(IMAGES, PLAIN, kind).prepared(),
                                kind.count(),
                                answers::add);
        assertThat(result.images()).isEqualTo(300);
        return answers;
    }

    @Test
    void tellsOfEveryImageInItsOrder() {
        List<LabelledAnswer> answers = answers(TestViews.Kind.NONE);
        assertThat(answers).hasSize(300);
        assertThat(answers.get(299).name()).isEqualTo("n299");
        assertThat(answers.get(299).label()).isEqualTo(1);
        assertThat(answers.get(0).probabilities()[0]).isCloseTo(0.2, within(1e-6));
        assertThat(answers.get(0).answer()).isEqualTo(1);
        assertThat(answers.get(0).right()).isFalse();
    }

    @Test
    void probabilitiesOfAnImagesViewsAreAveraged() {
        List<LabelledAnswer> answers = answers(TestViews.Kind.FLIP);
        assertThat(answers).hasSize(300);
        for (int i : new int[] {0, 4, 123, 299}) {
            double right = (0.2 + i % 5 / 255.0) / 2;
            assertThat(answers.get(i).name()).isEqualTo("n" + i);
            assertThat(answers.get(i).probabilities()[0]).isCloseTo(right, within(1e-6));
        }
    }

    @Test
    void withoutViewsTheFiguresAreTheSameAsEver() {
        Evaluation evaluation = new Evaluation(List.of("a", "b"));
        PreparedImages images = new PreparedImages(IMAGES, PLAIN);
        assertThat(evaluation.run(EvaluationTest::left, images))
                .isEqualTo(
                        evaluation.run(
                                EvaluationTest::left,
                                new TestViews(IMAGES, PLAIN, TestViews.Kind.NONE).prepared(),
                                1,
                                LabelledAnswer.Listener.NONE));
    }

    @Test
    void mistakesAreTheSurestWrongAnswers() {
        Mistakes mistakes = new Mistakes(2);
        double[] sure = {0.1, 0.9};
        double[] less = {0.3, 0.7};
        double[] least = {0.4, 0.6};
        mistakes.answered(new LabelledAnswer("least", 0, 1, least));
        mistakes.answered(new LabelledAnswer("right", 1, 1, sure));
        mistakes.answered(new LabelledAnswer("sure", 0, 1, sure));
        mistakes.answered(new LabelledAnswer("less", 0, 1, less));
        assertThat(mistakes.surest())
                .extracting(LabelledAnswer::name)
                .containsExactly("sure", "less");
    }
}
