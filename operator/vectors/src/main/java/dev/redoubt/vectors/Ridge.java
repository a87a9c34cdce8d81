package dev.redoubt.vectors;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ridge regression W = (XᵀX + λI)⁻¹XᵀY by Cholesky. The factor is made once and serves any number of right-hand
 * sides. Not safe for use by several threads at once.
 */
public final class Ridge {
    private final DMatrixRMaj observations;
    private final LinearSolverDense<DMatrixRMaj> solver;

    /**
     * @param observations X, one observation a row (n × d); kept, not copied
     * @param lambda λ &gt; 0, in squared units of X
     * @throws IllegalArgumentException where λ is not positive or X holds what is no finite number
     */
    public Ridge(DMatrixRMaj observations, double lambda) {
        if (!(lambda > 0)) {
            throw new IllegalArgumentException("lambda of a ridge regression is not greater than 0");
        }
        this.observations = observations;
        int dimensions = observations.numCols;
        DMatrixRMaj gram = new DMatrixRMaj(dimensions, dimensions);
        CommonOps_DDRM.multInner(observations, gram);
        for (int i = 0; i < dimensions; i++) {
            gram.add(i, i, lambda);
        }
        solver = LinearSolverFactory_DDRM.chol(dimensions);
        if (MatrixFeatures_DDRM.hasUncountable(gram) || !solver.setA(gram)) {
            throw new IllegalArgumentException("the observations of a ridge regression are not finite");
        }
    }

    /**
     * The weights that map observations to targets.
     *
     * @param targets Y, one row for each observation (n × l)
     * @return W (d × l)
     */
    public DMatrixRMaj solve(DMatrixRMaj targets) {
        DMatrixRMaj projected = new DMatrixRMaj(observations.numCols, targets.numCols);
        CommonOps_DDRM.multTransA(observations, targets, projected);
        return solveProjected(projected);
    }

    /**
     * As {@link #solve}, for callers whose targets are sparse and who have multiplied them themselves.
     *
     * @param projected XᵀY (d × l)
     * @return W (d × l)
     */
    public DMatrixRMaj solveProjected(DMatrixRMaj projected) {
        DMatrixRMaj weights = new DMatrixRMaj(projected.numRows, projected.numCols);
        solver.solve(projected, weights);
        return weights;
    }
}
