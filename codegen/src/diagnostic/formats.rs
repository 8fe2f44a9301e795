//! The forms of dates and times, to report values that do not have them.

/// Returns whether a text can have a format: whether it is a date or a time if the format requires one.
pub(crate) fn fits_format(format: &str, text: &str) -> bool {
    match format {
        "date" => is_date(text),
        "date-time" => text.split_once(['T', 't', ' ']).is_some_and(|(date, time)| is_date(date) && is_time(time)),
        _ => true,
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_within = |text: &str, most: u8| text.parse().is_ok_and(|number: u8| (1..=most).contains(&number));
    match parts.as_slice() {
        [year, month, day] => {
            is_number(year, 4) && is_number(month, 2) && is_number(day, 2) && is_within(month, 12) && is_within(day, 31)
        }
        _ => false,
    }
}

/// Returns whether a text begins as a time does. Documents often leave out the time zone.
fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [a, b, b':', c, d, ..] if [a, b, c, d].into_iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::fits_format;

    #[test]
    fn a_text_fits_a_date_or_a_time() {
        for (format, text, expected) in [
            ("date", "2026-01-31", true),
            ("date", "2026-13-01", false),
            ("date", "31.1.2026", false),
            ("date", "yesterday", false),
            ("date-time", "2026-01-31T10:00:00Z", true),
            ("date-time", "2026-01-31 10:00", true),
            ("date-time", "2026-01-31", false),
            ("date-time", "yesterday", false),
            ("email", "yesterday", true),
        ] {
            assert_eq!(fits_format(format, text), expected, "{format} {text}");
        }
    }
}
