//! How `tiny_http`'s side knows that a request came through the gate, and from whom: by the
//! local address of the gate's own connection, which no other program can have meanwhile.

use crate::serve::Visitor;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The requests on their way from the gate.
#[derive(Default)]
pub struct Passes(Mutex<HashMap<SocketAddr, Ticket>>);

/// What the gate says of one request.
#[derive(Clone)]
pub struct Ticket {
    /// Who asks.
    pub visitor: Visitor,
    over: Arc<AtomicBool>,
}

/// Held by the gate for as long as somebody waits for the answer.
pub struct Pass<'a> {
    passes: &'a Passes,
    address: SocketAddr,
    over: Arc<AtomicBool>,
}

impl Passes {
    /// Announces the request that will come from `address`.
    pub fn issue(&self, address: SocketAddr, visitor: Visitor) -> Pass<'_> {
        let over = Arc::new(AtomicBool::new(false));
        self.with(|open| open.insert(address, Ticket { visitor, over: over.clone() }));
        Pass { passes: self, address, over }
    }

    /// What the gate says of the request that came from `address`: nothing a second time, nor
    /// when somebody else made it.
    pub fn redeem(&self, address: &SocketAddr) -> Option<Ticket> {
        self.with(|open| open.remove(address))
    }

    fn with<T>(&self, change: impl FnOnce(&mut HashMap<SocketAddr, Ticket>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Ticket {
    /// Whether nobody waits for the answer any more.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        self.passes.with(|open| open.remove(&self.address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_is_good_once_and_while_it_is_held() {
        let passes = Passes::default();
        let [gate, stranger] = [1, 2].map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
        let pass = passes.issue(gate, Visitor::Guest);
        assert!(passes.redeem(&stranger).is_none());
        let ticket = passes.redeem(&gate).unwrap();
        assert!(ticket.visitor == Visitor::Guest && !ticket.is_over());
        assert!(passes.redeem(&gate).is_none());
        drop(pass);
        assert!(ticket.is_over());
        drop(passes.issue(gate, Visitor::Editor));
        assert!(passes.redeem(&gate).is_none());
    }
}
