//! Where a trace is read from: a stream of bytes, packed or not.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

type Stream = BufReader<Box<dyn Read + Send>>;

/// See the module.
pub(super) enum Input {
    Plain(Stream),
    Packed(Box<BufReader<MultiGzDecoder<Stream>>>),
}

/// Bytes that are asked for at once.
const CAPACITY: usize = 1 << 17;

impl Input {
    /// Whether it is packed is seen from the first bytes, not from any name (RFC 1952, section 2.3.1).
    pub(super) fn new(stream: Box<dyn Read + Send>) -> io::Result<Input> {
        let mut stream = BufReader::with_capacity(CAPACITY, stream);
        let packed = loop {
            match stream.fill_buf() {
                Ok(bytes) => break bytes.first() == Some(&0x1f),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        };
        Ok(if packed {
            Input::Packed(Box::new(BufReader::with_capacity(CAPACITY, MultiGzDecoder::new(stream))))
        } else {
            Input::Plain(stream)
        })
    }

    /// True when a whole line is there already; the next one that is not may have to be waited for.
    pub(super) fn has_line(&self) -> bool {
        let buffer = match self {
            Input::Plain(stream) => stream.buffer(),
            Input::Packed(stream) => stream.buffer(),
        };
        buffer.contains(&b'\n')
    }
}

impl Read for Input {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::Plain(stream) => stream.read(bytes),
            Input::Packed(stream) => stream.read(bytes),
        }
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Input::Plain(stream) => stream.fill_buf(),
            Input::Packed(stream) => stream.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Input::Plain(stream) => stream.consume(amount),
            Input::Packed(stream) => stream.consume(amount),
        }
    }
}
