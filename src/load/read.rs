//! Reads a file with as few system calls as there can be: open, read, close.
//!
//! A handbook is thousands of small files, so asking for each one's size first would cost as
//! much as reading it. A file that does not fit the first buffer is asked for its size then.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Above this many bytes no configured limit can let a page in.
pub const PAGE_LIMIT: u64 = 100_000_000;

/// Files of up to this many bytes are held in memory.
pub const MEMORY_LIMIT: u64 = 8 * 1024 * 1024;

const FIRST_READ: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; FIRST_READ]);
}

/// What became of a file that was hoped to be small.
#[derive(Debug)]
pub enum Small<T> {
    /// It is within the limit, and was read.
    Fits(T),
    /// It is this many bytes long, and was not.
    TooLarge(u64),
}

/// Reads the file at `path` and hands its bytes to `use_bytes`, unless there are more than
/// `limit` of them.
pub fn small<T>(
    path: &Path,
    limit: u64,
    use_bytes: impl FnOnce(&[u8]) -> T,
) -> io::Result<Small<T>> {
    let mut file = File::open(path)?;
    BUFFER.with_borrow_mut(|buffer| {
        let start = fill(&mut file, buffer)?;
        if start < buffer.len() {
            return Ok(Small::Fits(use_bytes(&buffer[..start])));
        }
        let size = file.metadata()?.len();
        if size > limit {
            return Ok(Small::TooLarge(size));
        }
        let mut all = Vec::with_capacity(size as usize + 1);
        all.extend_from_slice(buffer);
        // One byte over the limit is enough to know that the file is growing past it.
        file.take(limit + 1 - start as u64).read_to_end(&mut all)?;
        if all.len() as u64 > limit {
            return Ok(Small::TooLarge(all.len() as u64));
        }
        Ok(Small::Fits(use_bytes(&all)))
    })
}

/// Reads until `buffer` is full or the file ends; the number of bytes read.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_around_the_buffer_and_the_limit() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("f");
        for size in [0, 1, FIRST_READ - 1, FIRST_READ, FIRST_READ + 1, 3 * FIRST_READ] {
            let bytes: Vec<u8> = (0..size).map(|i| i as u8).collect();
            std::fs::write(&path, &bytes).unwrap();
            let limit = 3 * FIRST_READ as u64;
            match small(&path, limit, <[u8]>::to_vec).unwrap() {
                Small::Fits(read) => assert!(read == bytes, "{size}"),
                Small::TooLarge(_) => panic!("{size} is within the limit"),
            }
        }
        std::fs::write(&path, vec![0; 3 * FIRST_READ + 1]).unwrap();
        let over = small(&path, 3 * FIRST_READ as u64, |_| ()).unwrap();
        assert!(matches!(over, Small::TooLarge(n) if n == 3 * FIRST_READ as u64 + 1));
    }
}
