//! Whether a file already has the bytes that it should have.

use crate::model::Content;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const CHUNK: usize = 64 * 1024;

thread_local! {
    static BUFFERS: RefCell<(Vec<u8>, Vec<u8>)> = RefCell::new((vec![0; CHUNK], vec![0; CHUNK]));
}

/// Whether the file at `path` holds exactly `content`. A file that cannot be read does not: it
/// is then written anew, which puts it right.
pub fn is_same(path: &Path, content: &Content) -> bool {
    let same = match content {
        Content::Bytes(bytes) => holds(path, bytes),
        Content::Shared(bytes) => holds(path, bytes),
        Content::File { source, size } => equals(path, source, *size),
    };
    same.unwrap_or(false)
}

fn holds(path: &Path, mut expected: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    BUFFERS.with_borrow_mut(|(buffer, _)| {
        loop {
            let n = read(&mut file, buffer)?;
            if n == 0 {
                return Ok(expected.is_empty());
            }
            match expected.strip_prefix(&buffer[..n]) {
                Some(rest) => expected = rest,
                None => return Ok(false),
            }
        }
    })
}

fn equals(path: &Path, source: &Path, size: u64) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != size {
        return Ok(false);
    }
    let mut source = File::open(source)?;
    BUFFERS.with_borrow_mut(|(a, b)| {
        loop {
            let n = read_full(&mut file, a)?;
            if n != read_full(&mut source, b)? || a[..n] != b[..n] {
                return Ok(false);
            }
            if n < CHUNK {
                return Ok(true);
            }
        }
    })
}

fn read(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(buffer) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Fills `buffer` unless the file ends first.
fn read_full(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read(file, &mut buffer[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}
