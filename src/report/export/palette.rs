//! Concrete colours for what terminals leave open.

use crate::report::screen::{Colour, Emphasis, Look};
use std::fmt;

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// The colour `share` hundredths of the way from this one to the other.
    #[must_use]
    pub fn towards(self, other: Rgb, share: u16) -> Rgb {
        let part = |from: u8, to: u8| {
            let mixed = (u16::from(from) * (100 - share.min(100)) + u16::from(to) * share.min(100) + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }
}

impl fmt::Display for Rgb {
    /// As pages and pictures write it: `#1f2328`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// What a picture is drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shade {
    /// Bright letters on a dark ground, as most terminals.
    #[default]
    Dark,
    /// Dark letters on white, for paper and bright rooms.
    Light,
}

/// The 16 colours: black, red, green, yellow, blue, magenta, cyan, white; then the same in bright.
const DARK: [Rgb; 16] = [
    Rgb(0x48, 0x4f, 0x58),
    Rgb(0xff, 0x7b, 0x72),
    Rgb(0x56, 0xc2, 0x6a),
    Rgb(0xe0, 0xb0, 0x3f),
    Rgb(0x6c, 0xb0, 0xff),
    Rgb(0xc7, 0x9b, 0xff),
    Rgb(0x4c, 0xc9, 0xd3),
    Rgb(0xc9, 0xd1, 0xd9),
    Rgb(0x8b, 0x94, 0x9e),
    Rgb(0xff, 0xa1, 0x98),
    Rgb(0x7e, 0xe7, 0x87),
    Rgb(0xf2, 0xcc, 0x60),
    Rgb(0xa5, 0xd0, 0xff),
    Rgb(0xe0, 0xc5, 0xff),
    Rgb(0x8d, 0xe6, 0xec),
    Rgb(0xff, 0xff, 0xff),
];

const LIGHT: [Rgb; 16] = [
    Rgb(0x1f, 0x23, 0x28),
    Rgb(0xc4, 0x1c, 0x2b),
    Rgb(0x11, 0x6a, 0x2c),
    Rgb(0x8a, 0x55, 0x00),
    Rgb(0x08, 0x5a, 0xc4),
    Rgb(0x7a, 0x3d, 0xc8),
    Rgb(0x0b, 0x6b, 0x75),
    Rgb(0x5c, 0x65, 0x6f),
    Rgb(0x5c, 0x65, 0x6f),
    Rgb(0xa4, 0x0e, 0x26),
    Rgb(0x0d, 0x54, 0x23),
    Rgb(0x6b, 0x42, 0x00),
    Rgb(0x05, 0x45, 0x9c),
    Rgb(0x62, 0x2c, 0xa8),
    Rgb(0x08, 0x55, 0x5e),
    Rgb(0x00, 0x00, 0x00),
];

impl Shade {
    /// The colour of the ground.
    #[must_use]
    pub const fn ground(self) -> Rgb {
        match self {
            Shade::Dark => Rgb(0x10, 0x14, 0x1b),
            Shade::Light => Rgb(0xff, 0xff, 0xff),
        }
    }

    /// The colour of ordinary text.
    #[must_use]
    pub const fn ink(self) -> Rgb {
        match self {
            Shade::Dark => Rgb(0xe6, 0xed, 0xf3),
            Shade::Light => Rgb(0x1f, 0x23, 0x28),
        }
    }

    /// The 16 colours whose look is up to the terminal.
    #[must_use]
    pub const fn sixteen(self) -> &'static [Rgb; 16] {
        match self {
            Shade::Dark => &DARK,
            Shade::Light => &LIGHT,
        }
    }

    /// A colour of the terminal; `default` where it has none of its own.
    #[must_use]
    pub const fn colour(self, colour: Colour, default: Rgb) -> Rgb {
        match colour {
            Colour::Default => default,
            Colour::Ansi(n) | Colour::Indexed(n @ 0..16) => self.sixteen()[(n & 15) as usize],
            Colour::Indexed(n @ 16..=231) => {
                let n = n - 16;
                Rgb(level(n / 36), level(n / 6 % 6), level(n % 6))
            }
            Colour::Indexed(n @ 232..) => {
                let grey = 8 + 10 * (n - 232);
                Rgb(grey, grey, grey)
            }
            Colour::Rgb(red, green, blue) => Rgb(red, green, blue),
        }
    }

    /// Front and background of a cell, as they are seen in the end.
    #[must_use]
    pub fn of(self, look: Look) -> (Rgb, Rgb) {
        let (front, back) = (self.colour(look.front, self.ink()), self.colour(look.back, self.ground()));
        let (front, back) = if look.emphasis.contains(Emphasis::REVERSED) { (back, front) } else { (front, back) };
        if look.emphasis.contains(Emphasis::DIM) { (front.towards(back, 35), back) } else { (front, back) }
    }
}

/// A step of the colour cube of 6 x 6 x 6.
const fn level(step: u8) -> u8 {
    if step == 0 { 0 } else { 55 + 40 * step }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(Rgb(r, g, b): Rgb) -> f64 {
        let [r, g, b] = [r, g, b].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read_on_its_ground() {
        for shade in [Shade::Dark, Shade::Light] {
            let dim = Look { emphasis: Emphasis::DIM, ..Look::default() };
            let fronts = (1..16).map(|n| shade.sixteen()[n]).chain([shade.ink(), shade.of(dim).0]);
            for front in fronts {
                let ratio = contrast(front, shade.ground());
                assert!(ratio >= 4.5, "{front} on {shade:?} has a contrast of {ratio:.2}");
            }
        }
    }

    #[test]
    fn reversed_is_reversed_before_it_is_dimmed() {
        let (front, back) = Shade::Light.of(Look { emphasis: Emphasis::REVERSED, ..Look::default() });
        assert_eq!((front, back), (Shade::Light.ground(), Shade::Light.ink()));
    }

    #[test]
    fn the_fixed_colours_are_those_of_xterm() {
        let of = |n| Shade::Dark.colour(Colour::Indexed(n), Rgb(1, 2, 3));
        assert_eq!(
            [of(16), of(231), of(196), of(232), of(255)].map(|rgb| rgb.to_string()),
            ["#000000", "#ffffff", "#ff0000", "#080808", "#eeeeee"]
        );
        assert_eq!(Shade::Dark.colour(Colour::Default, Rgb(1, 2, 3)), Rgb(1, 2, 3));
    }
}
