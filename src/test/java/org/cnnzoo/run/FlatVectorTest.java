package org.cnnzoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FlatVectorTest {
    @Test
    void isALiveViewOfAnArrayAndOfAPartOfOne() {
        INDArray array = Nd4j.createFromArray(0f, 1f, 2f, 3f, 4f, 5f);
        FlatVector part = FlatVector.of(array.get(NDArrayIndex.interval(2, 5)));
        float[] read = new float[2];

        part.read(1, read, 2);
        part.write(0, new float[] {9}, 1);

        assertThat(read).containsExactly(3, 4);
        assertThat(FlatVector.copy(array)).containsExactly(0, 1, 9, 3, 4, 5);
        assertThat(FlatVector.copy(array.reshape(2, 3).transpose()))
                .containsExactly(0, 3, 1, 4, 9, 5);
    }

    @Test
    void refusesWhatIsNoDenseFloats() {
        assertThatThrownBy(() -> FlatVector.of(Nd4j.zeros(DataType.DOUBLE, 3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FlatVector.of(Nd4j.zeros(3, 2).getColumn(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
