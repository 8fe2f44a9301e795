//! As much of DER as tells keys apart.

const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// The elements that are still to be read.
struct Elements<'a>(&'a [u8]);

impl<'a> Elements<'a> {
    /// The content of the next element, where it has that tag.
    fn next(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (found, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match usize::from(*first) {
            short @ 0..=0x7f => (short, rest),
            long => {
                let (digits, rest) = rest.split_at_checked(long & 0x7f).filter(|(digits, _)| digits.len() <= 4)?;
                (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest)
            }
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        (*found == tag).then_some(content)
    }
}

/// What a PKCS#8 key holds: the object id of its algorithm, and the key itself.
pub(super) fn pkcs8(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut key = Elements(Elements(der).next(SEQUENCE)?);
    key.next(INTEGER)?;
    let algorithm = Elements(key.next(SEQUENCE)?).next(OBJECT_ID)?;
    Some((algorithm, key.next(OCTETS)?))
}

/// How many bits the modulus of a PKCS#1 key has.
pub(super) fn modulus_bits(der: &[u8]) -> Option<usize> {
    let mut key = Elements(Elements(der).next(SEQUENCE)?);
    key.next(INTEGER)?;
    let modulus = key.next(INTEGER)?;
    let zeros = modulus.iter().take_while(|byte| **byte == 0).count();
    let digits = modulus.get(zeros..)?;
    let first = digits.first()?;
    Some(digits.len() * 8 - usize::try_from(first.leading_zeros()).ok()?)
}
