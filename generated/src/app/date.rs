//! Moments as HTTP and GitHub write them, in seconds since 1970.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the one form in which servers may write a date.
pub(super) fn of_http(text: &str) -> Option<i64> {
    let (_, text) = text.trim().split_once(", ")?;
    let mut words = text.split(' ');
    let day = number(words.next()?)?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year = number(words.next()?)?;
    let time = time(words.next()?)?;
    (words.next() == Some("GMT") && words.next().is_none()).then_some(())?;
    Some(days(year, i64::try_from(month).ok()?, day)? * 86_400 + time)
}

/// Reads `2016-07-11T22:14:10Z`, with an offset or parts of a second where they are there.
pub(super) fn of_rfc3339(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let (time_of_day, rest) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let days = days(number(year)?, number(month)?, number(day)?)?;
    let offset = match rest.strip_prefix('.') {
        None => rest,
        Some(rest) => {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            rest.get(digits..).filter(|_| digits > 0)?
        }
    };
    Some(days * 86_400 + time(time_of_day)? - seconds_east(offset)?)
}

fn seconds_east(offset: &str) -> Option<i64> {
    if offset.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = offset.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':')?;
    let seconds = number(hours).filter(|hours| *hours < 24)? * 3600 + number(minutes).filter(|m| *m < 60)? * 60;
    match sign {
        "+" => Some(seconds),
        "-" => Some(-seconds),
        _ => None,
    }
}

fn time(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(':').collect();
    let [hours, minutes, seconds] = parts.as_slice() else { return None };
    let (hours, minutes, seconds) = (number(hours)?, number(minutes)?, number(seconds)?);
    // A second may be a leap second.
    (hours < 24 && minutes < 60 && seconds <= 60).then_some(hours * 3600 + minutes * 60 + seconds)
}

fn number(text: &str) -> Option<i64> {
    let is_digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits)
}

/// The days between 1970 and a day of the calendar: years begin in March, so that a leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468)
}
