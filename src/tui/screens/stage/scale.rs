//! How much time stands on one column of the timeline.

/// Steps on a column, or columns for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// So many columns for one step.
    Columns(u16),
    /// So many steps on one column.
    Steps(u32),
}

/// More columns than these for one step waste the screen.
const WIDEST: u16 = 4;

impl Scale {
    /// The largest scale at which so many steps fit into so many columns.
    #[must_use]
    pub fn fitting(steps: u32, columns: u16) -> Scale {
        let (steps, columns) = (steps.max(1), columns.max(1));
        let each = u32::from(columns) / steps;
        match u16::try_from(each) {
            Ok(each @ 1..) => Scale::Columns(each.min(WIDEST)),
            _ => Scale::Steps(steps.div_ceil(u32::from(columns))),
        }
    }

    /// The next one that shows more detail.
    #[must_use]
    pub fn finer(self) -> Scale {
        match self {
            Scale::Columns(each) => Scale::Columns((each + 1).min(WIDEST)),
            Scale::Steps(0 | 1) => Scale::Columns(2),
            Scale::Steps(each) => Scale::Steps(each / 2),
        }
    }

    /// The next one that shows more time.
    #[must_use]
    pub fn coarser(self) -> Scale {
        match self {
            Scale::Columns(0 | 1) => Scale::Steps(2),
            Scale::Columns(each) => Scale::Columns(each - 1),
            Scale::Steps(each) => Scale::Steps(each.saturating_mul(2)),
        }
    }

    /// How many steps fit into so many columns.
    #[must_use]
    pub fn steps_in(self, columns: u16) -> u32 {
        match self {
            Scale::Columns(each) => u32::from(columns / each.max(1)),
            Scale::Steps(each) => u32::from(columns).saturating_mul(each.max(1)),
        }
    }

    /// How many columns so many steps take.
    #[must_use]
    pub fn columns_for(self, steps: u32) -> u32 {
        match self {
            Scale::Columns(each) => steps.saturating_mul(u32::from(each.max(1))),
            Scale::Steps(each) => steps.div_ceil(each.max(1)),
        }
    }

    /// The column, counted from 0, in which the step with this offset begins.
    #[must_use]
    pub fn column_at(self, step: u32) -> u32 {
        match self {
            Scale::Columns(each) => step.saturating_mul(u32::from(each.max(1))),
            Scale::Steps(each) => step / each.max(1),
        }
    }

    /// How many whole steps stand before this column.
    #[must_use]
    pub fn steps_before(self, column: u16) -> u32 {
        self.steps_in(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_fits_at_the_fitting_scale() {
        for steps in (1..2000).chain([1_000_000]) {
            for columns in [1, 7, 40, 150] {
                let scale = Scale::fitting(steps, columns);
                assert!(scale.steps_in(columns) >= steps, "{steps} {columns} {scale:?}");
                assert!(scale.columns_for(steps) <= u32::from(columns), "{steps} {columns} {scale:?}");
                assert!(scale.column_at(steps - 1) < u32::from(columns));
            }
        }
    }

    #[test]
    fn a_click_on_a_step_finds_it() {
        for scale in [Scale::Columns(3), Scale::Columns(1), Scale::Steps(1)] {
            for step in 0..20 {
                let column = u16::try_from(scale.column_at(step)).unwrap();
                assert_eq!(scale.steps_before(column), step, "{scale:?}");
            }
        }
        assert_eq!(Scale::Steps(10).steps_before(3), 30);
    }

    #[test]
    fn zooming_goes_through_one_to_one() {
        assert_eq!(Scale::Columns(1).coarser(), Scale::Steps(2));
        assert_eq!(Scale::Steps(2).finer(), Scale::Steps(1));
        assert_eq!(Scale::Steps(1).finer(), Scale::Columns(2));
    }
}
