//! Time grows with the size of the input: no text of a few thousand equal pieces takes long.

mod laws;

use laws::{large, run};
use std::time::{Duration, Instant};

/// Pieces in a text. What is quadratic takes thousands of times as long as what is not.
const PIECES: usize = 2_000;

/// For one handbook, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

#[test]
fn nothing_repeated_takes_long() {
    let before = run(&large::handbooks(1)[0].1, None).project;
    let mut slow = Vec::new();
    for (name, handbook) in large::handbooks(PIECES) {
        let started = Instant::now();
        run(&handbook, Some(&before));
        let took = started.elapsed();
        if took > LONGEST {
            slow.push(format!("{name}: {took:?}"));
        }
    }
    assert_eq!(slow, [] as [String; 0]);
}

/// A table to read: `cargo test --release --test large -- --ignored --nocapture`. It lists what
/// takes long, and how much longer twice as many pieces take; PIECES is how many.
#[test]
#[ignore = "measures; says nothing of right or wrong"]
fn how_time_grows() {
    let pieces = std::env::var("PIECES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let before = run(&large::handbooks(1)[0].1, None).project;
    let mut rows = Vec::new();
    for ((name, half), (_, whole)) in
        large::handbooks(pieces / 2).into_iter().zip(large::handbooks(pieces))
    {
        let time = |handbook| {
            let started = Instant::now();
            let found = run(handbook, Some(&before)).diagnostics.len();
            (started.elapsed(), found)
        };
        let ((half, _), (took, found)) = (time(&half), time(&whole));
        eprintln!("{took:?} {name}");
        rows.push((took, half, found, whole.size(), name));
    }
    rows.sort();
    println!("{:>8} {:>8} {:>5} {:>6} {:>8}", "ms", "of half", "x", "found", "bytes");
    for (took, half, found, size, name) in rows.into_iter().rev() {
        let times = took.as_secs_f64() / half.as_secs_f64();
        if took > Duration::from_millis(50) {
            let (took, half) = (took.as_millis(), half.as_millis());
            println!("{took:>8} {half:>8} {times:>5.1} {found:>6} {size:>8} {name}");
        }
    }
}
