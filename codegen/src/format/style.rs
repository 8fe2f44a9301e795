//! The settings of rustfmt that emitted code follows.

/// The style of emitted Rust code, by settings of rustfmt. The default is the default of rustfmt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// `max_width`: the longest line, in columns.
    pub max_width: usize,
    /// `use_small_heuristics`: how long a list may be on one line.
    pub heuristics: Heuristics,
}

/// The rustfmt setting `use_small_heuristics` for emitted Rust code: whether lists on one line have limits below the
/// width of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heuristics {
    /// Lists of arguments, of elements and of attributes have limits below the width of a line.
    Default,
    /// Lists may be as long as a line.
    Max,
}

impl Default for Style {
    fn default() -> Self {
        Self { max_width: 100, heuristics: Heuristics::Default }
    }
}

impl Style {
    /// The longest list of arguments on one line (`fn_call_width`).
    pub(super) fn call(self) -> usize {
        self.limit(60)
    }

    /// The longest array on one line (`array_width`).
    pub(super) fn array(self) -> usize {
        self.limit(60)
    }

    /// The longest list within an attribute on one line (`attr_fn_like_width`).
    pub(super) fn attribute(self) -> usize {
        self.limit(70)
    }

    /// A limit that rustfmt states for lines of 100 columns. Longer lines raise it in proportion.
    fn limit(self, columns: usize) -> usize {
        match self.heuristics {
            Heuristics::Default => columns * self.max_width.max(100) / 100,
            Heuristics::Max => self.max_width,
        }
    }
}
