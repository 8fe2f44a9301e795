//! Conversions of dates and times between the types of generated fields and those of jiff.

use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};
use jiff::{Error, Zoned, civil};

use super::time::{Date, Timestamp};

impl Timestamp {
    /// Parses this date and time into a `jiff::Timestamp`, for comparing and computing.
    ///
    /// # Errors
    ///
    /// If the text is not a date and a time with an offset. [`Timestamp::to_jiff_datetime`] needs no offset.
    ///
    /// ```
    /// use octogen_runtime::Timestamp;
    ///
    /// let written = Timestamp::from("2017-07-08T16:18:44-04:00");
    /// assert_eq!(written.to_jiff()?.to_string(), "2017-07-08T20:18:44Z");
    /// assert_eq!(Timestamp::from(written.to_jiff_zoned()?), written);
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, Error> {
        self.as_str().parse()
    }

    /// Parses this date and time into a `jiff::Zoned` whose time zone is the offset of the text.
    ///
    /// # Errors
    ///
    /// If the text is not a date and a time with an offset.
    pub fn to_jiff_zoned(&self) -> Result<Zoned, Error> {
        let offset = Pieces::parse(self.as_str())?.to_numeric_offset();
        let zone = TimeZone::fixed(offset.unwrap_or(Offset::UTC));
        Ok(self.to_jiff()?.to_zoned(zone))
    }

    /// Parses this date and time into a `jiff::civil::DateTime`: the local time as it is written, without its offset.
    ///
    /// # Errors
    ///
    /// If the text is not a date and a time.
    pub fn to_jiff_datetime(&self) -> Result<civil::DateTime, Error> {
        let pieces = Pieces::parse(self.as_str())?;
        let time = pieces.time().unwrap_or(civil::Time::midnight());
        Ok(pieces.date().to_datetime(time))
    }
}

impl Date {
    /// Parses this calendar day into a `jiff::civil::Date`, for comparing and computing.
    ///
    /// # Errors
    ///
    /// If the text is not a date.
    pub fn to_jiff(&self) -> Result<civil::Date, Error> {
        self.as_str().parse()
    }
}

/// Writes the time in UTC, such as `2017-07-08T20:18:44Z`.
impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        Self::from(time.to_string())
    }
}

/// Writes the local time with its offset, such as `2017-07-08T16:18:44-04:00`. RFC 3339 has no name of a time zone.
impl From<Zoned> for Timestamp {
    fn from(time: Zoned) -> Self {
        let text = time.timestamp().display_with_offset(time.offset());
        Self::from(text.to_string())
    }
}

/// Writes the local time without an offset, such as `2017-07-08T16:18:44`.
impl From<civil::DateTime> for Timestamp {
    fn from(time: civil::DateTime) -> Self {
        Self::from(time.to_string())
    }
}

/// Writes the day, such as `2017-07-08`.
impl From<civil::Date> for Date {
    fn from(day: civil::Date) -> Self {
        Self::from(day.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Error, Timestamp};

    #[test]
    fn a_time_of_jiff_comes_back_as_the_same_text() -> Result<(), Error> {
        for (text, moment, local) in [
            (
                "2017-07-08T16:18:44-04:00",
                "2017-07-08T20:18:44Z",
                "2017-07-08T16:18:44",
            ),
            (
                "2017-07-08T16:18:44.5+05:30",
                "2017-07-08T10:48:44.5Z",
                "2017-07-08T16:18:44.5",
            ),
            (
                "2017-07-08T16:18:44+00:00",
                "2017-07-08T16:18:44Z",
                "2017-07-08T16:18:44",
            ),
        ] {
            let time = Timestamp::from(text);
            assert_eq!(Timestamp::from(time.to_jiff()?).as_str(), moment, "{text}");
            assert_eq!(Timestamp::from(time.to_jiff_zoned()?), time, "{text}");
            assert_eq!(Timestamp::from(time.to_jiff_datetime()?).as_str(), local);
        }
        let utc = Timestamp::from("2017-07-08T16:18:44Z");
        assert_eq!(Timestamp::from(utc.to_jiff()?), utc);
        assert_eq!(utc.to_jiff_zoned()?.timestamp(), utc.to_jiff()?);
        assert_eq!(
            utc.to_jiff_datetime()?.to_string() + "Z",
            utc.as_str(),
            "the local time of UTC"
        );
        Ok(())
    }

    #[test]
    fn a_local_time_has_no_moment() -> Result<(), Error> {
        let local = Timestamp::from("2017-07-08T16:18:44");
        assert_eq!(Timestamp::from(local.to_jiff_datetime()?), local);
        assert!(local.to_jiff().is_err() && local.to_jiff_zoned().is_err());
        assert!(Timestamp::from("soon").to_jiff_datetime().is_err());
        Ok(())
    }

    #[test]
    fn a_day_of_jiff_comes_back_as_the_same_text() -> Result<(), Error> {
        let day = Date::from("2024-02-29");
        assert_eq!(Date::from(day.to_jiff()?), day);
        assert!(Date::from("2023-02-29").to_jiff().is_err());
        Ok(())
    }
}
