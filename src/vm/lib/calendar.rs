//! The calendar behind `time`: the proleptic Gregorian one, in UTC, the only time zone there is.

use std::fmt::Write as _;

/// When every run starts: 2024-01-01 00:00:00 UTC, in seconds since 1970.
pub const EPOCH: i64 = 1_704_067_200;

/// A moment, as `time.struct_time` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// 0 is Monday.
    pub weekday: i64,
    /// 1 to 366.
    pub yearday: i64,
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Moment {
    /// The moment this many seconds after 1970 began.
    /// (The date: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.)
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Moment {
        let days = seconds.div_euclid(86_400);
        let in_day = seconds.rem_euclid(86_400);
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Moment {
            year,
            month,
            day,
            hour: in_day / 3600,
            minute: in_day / 60 % 60,
            second: in_day % 60,
            weekday: (days + 3).rem_euclid(7),
            yearday: days - days_before(year, 1, 1) + 1,
        }
    }

    /// The inverse of [`Moment::from_seconds`], from the first six fields; they may overflow their ranges.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        let months = self.year * 12 + self.month - 1;
        let days = days_before(months.div_euclid(12), months.rem_euclid(12) + 1, self.day);
        days * 86_400 + self.hour * 3600 + self.minute * 60 + self.second
    }

    /// `time.asctime`: `Mon Jan  1 00:00:00 2024`.
    #[must_use]
    pub fn text(&self) -> String {
        let clock = format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second);
        format!("{} {} {:2} {clock} {}", &self.day_name()[..3], &self.month_name()[..3], self.day, self.year)
    }

    fn day_name(&self) -> &'static str {
        pick(&DAYS, self.weekday)
    }

    fn month_name(&self) -> &'static str {
        pick(&MONTHS, self.month - 1)
    }

    /// `time.strftime`, in the C locale. What is no directive stays as it is.
    #[must_use]
    pub fn format(&self, format: &str) -> String {
        let mut out = String::with_capacity(format.len() * 2);
        let mut chars = format.chars();
        while let Some(c) = chars.next() {
            match (c, chars.clone().next()) {
                ('%', Some(directive)) => {
                    chars.next();
                    self.directive(&mut out, directive);
                }
                _ => out.push(c),
            }
        }
        out
    }

    fn directive(&self, out: &mut String, directive: char) {
        let hour12 = (self.hour + 11) % 12 + 1;
        let _ = match directive {
            'Y' => write!(out, "{}", self.year),
            'y' => write!(out, "{:02}", self.year.rem_euclid(100)),
            'C' => write!(out, "{:02}", self.year.div_euclid(100)),
            'm' => write!(out, "{:02}", self.month),
            'd' => write!(out, "{:02}", self.day),
            'e' => write!(out, "{:2}", self.day),
            'H' => write!(out, "{:02}", self.hour),
            'I' => write!(out, "{hour12:02}"),
            'M' => write!(out, "{:02}", self.minute),
            'S' => write!(out, "{:02}", self.second),
            'p' => write!(out, "{}", if self.hour < 12 { "AM" } else { "PM" }),
            'a' => write!(out, "{}", &self.day_name()[..3]),
            'A' => write!(out, "{}", self.day_name()),
            'b' | 'h' => write!(out, "{}", &self.month_name()[..3]),
            'B' => write!(out, "{}", self.month_name()),
            'j' => write!(out, "{:03}", self.yearday),
            'w' => write!(out, "{}", (self.weekday + 1) % 7),
            'u' => write!(out, "{}", self.weekday + 1),
            'U' => write!(out, "{:02}", (self.yearday + 6 - (self.weekday + 1) % 7) / 7),
            'W' => write!(out, "{:02}", (self.yearday + 6 - self.weekday) / 7),
            's' => write!(out, "{}", self.seconds()),
            'c' => write!(out, "{}", self.text()),
            'x' | 'D' => write!(out, "{}", self.format("%m/%d/%y")),
            'X' | 'T' => write!(out, "{}", self.format("%H:%M:%S")),
            'F' => write!(out, "{}", self.format("%Y-%m-%d")),
            'R' => write!(out, "{}", self.format("%H:%M")),
            'r' => write!(out, "{}", self.format("%I:%M:%S %p")),
            'z' => write!(out, "+0000"),
            'Z' => write!(out, "UTC"),
            'n' => out.write_char('\n'),
            't' => out.write_char('\t'),
            '%' => write!(out, "%"),
            other => write!(out, "%{other}"),
        };
    }
}

/// Days from 1970-01-01 to this date (`days_from_civil` of the same source).
const fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn pick(names: &'static [&'static str], index: i64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or("???")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_is_a_monday() {
        let start = Moment::from_seconds(EPOCH);
        assert_eq!(start.text(), "Mon Jan  1 00:00:00 2024");
        assert_eq!(start.yearday, 1);
        assert_eq!(start.seconds(), EPOCH);
    }

    #[test]
    fn dates_survive_a_round_trip() {
        for day in -200_000..200_000 {
            let seconds = day * 86_400 + 12_345;
            assert_eq!(Moment::from_seconds(seconds).seconds(), seconds);
        }
        let leap = Moment::from_seconds(1_709_208_000);
        assert_eq!((leap.month, leap.day, leap.yearday), (2, 29, 60));
    }

    #[test]
    fn directives() {
        let moment = Moment::from_seconds(1_709_210_096);
        assert_eq!(moment.format("%Y-%m-%d %H:%M:%S"), "2024-02-29 12:34:56");
        assert_eq!(moment.format("%I:%M %p %a %b %j %U %W %%"), "12:34 PM Thu Feb 060 08 09 %");
        assert_eq!(
            moment.format("%A, %B %e, %y %x %X %c|%"),
            "Thursday, February 29, 24 02/29/24 12:34:56 Thu Feb 29 12:34:56 2024|%"
        );
    }
}
