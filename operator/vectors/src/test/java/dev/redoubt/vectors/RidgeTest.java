package dev.redoubt.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

class RidgeTest {
    @Test
    void oneObservationOfOneDimensionShrinksByLambda() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{3}});
        DMatrixRMaj y = new DMatrixRMaj(new double[][] {{6}});
        assertThat(new Ridge(x, 1).solve(y).get(0)).isCloseTo(18.0 / 10, within(1e-12));
    }

    @Test
    void weightsSatisfyTheNormalEquationsForEveryRightHandSide() {
        Random random = new Random(7);
        DMatrixRMaj x = RandomMatrices_DDRM.rectangle(50, 12, -1, 1, random);
        DMatrixRMaj y = RandomMatrices_DDRM.rectangle(50, 5, -1, 1, random);
        DMatrixRMaj w = new Ridge(x, .3).solve(y);

        DMatrixRMaj left = new DMatrixRMaj(12, 12);
        CommonOps_DDRM.multTransA(x, x, left);
        CommonOps_DDRM.addEquals(left, .3, CommonOps_DDRM.identity(12));
        DMatrixRMaj product = new DMatrixRMaj(12, 5);
        CommonOps_DDRM.mult(left, w, product);
        DMatrixRMaj right = new DMatrixRMaj(12, 5);
        CommonOps_DDRM.multTransA(x, y, right);
        assertThat(product.data).containsExactly(right.data, within(1e-9));
    }

    @Test
    void fewerObservationsThanDimensionsGiveTheSmallestWeights() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{1, 1}});
        DMatrixRMaj w = new Ridge(x, 1e-9).solve(new DMatrixRMaj(new double[][] {{2}}));
        assertThat(w.data).containsExactly(new double[] {1, 1}, within(1e-6));
    }

    @Test
    void lambdaThatIsNotPositiveOrObservationsThatAreNotFiniteAreRefused() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{1}});
        assertThatIllegalArgumentException().isThrownBy(() -> new Ridge(x, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ridge(x, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ridge(new DMatrixRMaj(new double[][] {{Double.NaN}}), 1));
    }
}
