//! A random walk in a component: how often it comes to each state before it leaves.
//!
//! With `Q` the probabilities of the steps that stay in the component and `m` the probability of entering it in each
//! state, the expected visits are `v = m (I - Q)^-1` (J. Kemeny and J. Snell, "Finite Markov Chains", 1960, theorem
//! 3.2.4). The system is solved by elimination without choosing pivots: `I - Q` is a nonsingular M-matrix when every state
//! leads out, so no pivot is zero, and rounding does little harm where numbers are rounded.

use num_traits::Num;

/// The steps within a component: `stay[i][j]` is the probability of the step from its state `i` to its state `j`.
pub(super) fn visits<N: Num + Clone>(stay: Vec<Vec<N>>, enter: Vec<N>) -> Vec<N> {
    let mut rows = equations(stay, enter);
    let size = rows.len();
    for pivot in 0..size {
        let (above, below) = rows.split_at_mut(pivot + 1);
        let row = &above[pivot];
        for other in below.iter_mut().filter(|other| !other[pivot].is_zero()) {
            let factor = other[pivot].clone() / row[pivot].clone();
            for column in pivot..=size {
                if !row[column].is_zero() {
                    other[column] = other[column].clone() - factor.clone() * row[column].clone();
                }
            }
        }
    }
    substitute(&rows)
}

/// `(I - Q)` transposed, with `m` as the last column.
fn equations<N: Num + Clone>(stay: Vec<Vec<N>>, enter: Vec<N>) -> Vec<Vec<N>> {
    let size = enter.len();
    let mut rows: Vec<Vec<N>> = vec![vec![N::zero(); size]; size];
    for (from, steps) in stay.into_iter().enumerate() {
        for (to, probability) in steps.into_iter().enumerate() {
            rows[to][from] = N::zero() - probability;
        }
    }
    for (place, (row, mass)) in rows.iter_mut().zip(enter).enumerate() {
        row[place] = row[place].clone() + N::one();
        row.push(mass);
    }
    rows
}

/// The solution of a triangular system.
fn substitute<N: Num + Clone>(rows: &[Vec<N>]) -> Vec<N> {
    let size = rows.len();
    let mut solution = vec![N::zero(); size];
    for place in (0..size).rev() {
        let row = &rows[place];
        let known = (place + 1..size).filter(|column| !row[*column].is_zero());
        let rest = known.fold(row[size].clone(), |rest, column| rest - row[column].clone() * solution[column].clone());
        solution[place] = rest / row[place].clone();
    }
    solution
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use num_rational::BigRational;

    fn ratio(numerator: i32, denominator: i32) -> BigRational {
        BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
    }

    /// A gambler with 1, 2 or 3 coins wins or loses one with the same probability, and leaves with none or with 4. From 2:
    /// visits 1, 2, 1 (Kemeny and Snell, chapter III, example 1), so each way out has probability 1/2.
    #[test]
    fn the_gambler_is_ruined_as_the_book_says() {
        let (no, half) = (ratio(0, 1), ratio(1, 2));
        let stay = vec![
            vec![no.clone(), half.clone(), no.clone()],
            vec![half.clone(), no.clone(), half.clone()],
            vec![no.clone(), half.clone(), no.clone()],
        ];
        let found = visits(stay, vec![no.clone(), ratio(1, 1), no]);
        assert_eq!(found, [ratio(1, 1), ratio(2, 1), ratio(1, 1)]);
    }

    #[test]
    fn a_step_to_the_same_state_counts_as_a_visit() {
        assert_eq!(visits(vec![vec![ratio(2, 3)]], vec![ratio(1, 2)]), [ratio(3, 2)]);
        assert_eq!(visits(vec![vec![0.5]], vec![1.0]), [2.0]);
    }
}
