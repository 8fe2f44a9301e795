//! Draws charts as SVG, for light and dark pages.

use std::fmt::Write as _;

const STYLE: &str = "<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.quiet { fill: #59636e; }
.bar { fill: #8c959f; }
.ours { fill: #0969da; }
line { stroke: #8c959f; stroke-width: 1; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .quiet { fill: #9198a1; }
  .bar { fill: #6e7681; }
  .ours { fill: #4493f8; }
  line { stroke: #6e7681; }
}
</style>";

const WIDTH: f64 = 720.0;
const LABEL: f64 = 210.0;

/// A bar of a bar chart.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: f64,
    /// The text at the right end of the bar.
    pub(super) text: String,
    pub(super) is_ours: bool,
}

/// Draws a bar for each row; the longest takes the full width.
pub(super) fn bars(title: &str, bars: &[Bar]) -> String {
    let longest = bars.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
    let height = 44.0 + 26.0 * bars.len() as f64;
    let mut svg = opened(title, height);
    for (index, Bar { label, value, text, is_ours }) in bars.iter().enumerate() {
        let y = 36.0 + 26.0 * index as f64;
        let length = (value / longest * (WIDTH - LABEL - 130.0)).max(1.0);
        let class = if *is_ours { "ours" } else { "bar" };
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>\n\
             <rect class=\"{class}\" x=\"{LABEL}\" y=\"{y:.0}\" width=\"{length:.1}\" height=\"18\" rx=\"2\"/>\n\
             <text class=\"quiet\" x=\"{:.1}\" y=\"{:.0}\">{}</text>",
            LABEL - 8.0,
            y + 14.0,
            escaped(label),
            LABEL + length + 8.0,
            y + 14.0,
            escaped(text),
        );
    }
    svg + "</svg>\n"
}

/// A point of a logarithmic plot.
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) label: String,
}

/// Draws points on logarithmic axes. Linear growth is a straight line parallel to the dashed line.
pub(super) fn growth(title: &str, (x_name, y_name): (&str, &str), points: &[Point]) -> String {
    let height = 380.0;
    let (left, right, top, bottom) = (60.0, WIDTH - 130.0, 40.0, height - 44.0);
    let decades = |of: fn(&Point) -> f64| {
        let all = || points.iter().map(of).map(f64::log10);
        (all().fold(f64::MAX, f64::min).floor(), all().fold(f64::MIN, f64::max).ceil())
    };
    let (x_range, y_range) = (decades(|point| point.x), decades(|point| point.y));
    let x_of = |x: f64| left + (x.log10() - x_range.0) / (x_range.1 - x_range.0) * (right - left);
    let y_of = |y: f64| bottom - (y.log10() - y_range.0) / (y_range.1 - y_range.0) * (bottom - top);
    let mut svg = opened(title, height);
    for exponent in x_range.0 as i32..=x_range.1 as i32 {
        let x = x_of(10f64.powi(exponent));
        let text = 10f64.powi(exponent);
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\" opacity=\"0.4\"/>\
             <text class=\"quiet\" x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{text}</text>",
            bottom + 18.0
        );
    }
    for exponent in y_range.0 as i32..=y_range.1 as i32 {
        let y = y_of(10f64.powi(exponent));
        let text = 10f64.powi(exponent);
        let _ = writeln!(
            svg,
            "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\" opacity=\"0.4\"/>\
             <text class=\"quiet\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>",
            left - 8.0,
            y + 4.0
        );
    }
    if let (Some(first), Some(last)) = (points.first(), points.last()) {
        // The dashed line through the last point has the slope of linear growth.
        let at_first = (last.y * first.x / last.x).max(10f64.powf(y_range.0));
        let x = at_first * last.x / last.y;
        let _ = writeln!(
            svg,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke-dasharray=\"5 5\"/>",
            x_of(x),
            y_of(at_first),
            x_of(last.x),
            y_of(last.y)
        );
    }
    for (index, point) in points.iter().enumerate() {
        let (x, y) = (x_of(point.x), y_of(point.y));
        // A name is to the right of its point, unless the next point is too near.
        let is_crowded = points.get(index + 1).is_some_and(|next| x_of(next.x) - x < 60.0);
        let (dx, dy, anchor) = if is_crowded { (-8.0, -8.0, "end") } else { (8.0, 14.0, "start") };
        let _ = writeln!(
            svg,
            "<circle class=\"ours\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            x + dx,
            y + dy,
            escaped(&point.label)
        );
    }
    let _ = writeln!(
        svg,
        "<text class=\"quiet\" x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>\
         <text class=\"quiet\" x=\"{left}\" y=\"34\" text-anchor=\"start\">{}</text>",
        (left + right) / 2.0,
        height - 8.0,
        escaped(x_name),
        escaped(y_name)
    );
    svg + "</svg>\n"
}

fn opened(title: &str, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\">\n<title>{0}</title>\n{STYLE}\n<text x=\"0\" y=\"18\" font-weight=\"600\">{0}</text>\n",
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
