//! Who is let in, and who has to make room: a connection that has not asked for anything yet
//! is worth less than a new one.

use super::Limits;
use crate::serve::Visitor;
use std::collections::BTreeMap;
use std::net::{IpAddr, Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Every open connection, within the limits.
pub struct Slots {
    limits: Limits,
    held: Mutex<Held>,
    freed: Condvar,
}

#[derive(Default)]
struct Held {
    next: u64,
    /// In order of age.
    open: BTreeMap<u64, Connection>,
    closed: bool,
}

struct Connection {
    peer: IpAddr,
    visitor: Visitor,
    /// Whether it may be closed for a newer one.
    idle: bool,
    stream: Arc<TcpStream>,
}

/// One connection's place; given back when dropped.
pub struct Slot {
    slots: Arc<Slots>,
    number: u64,
}

impl Slots {
    /// No connections, within `limits`.
    pub fn new(limits: Limits) -> Arc<Slots> {
        Arc::new(Slots { limits, held: Mutex::default(), freed: Condvar::new() })
    }

    /// A place for a new connection, whose head is yet to come. Where a limit is reached, the
    /// oldest idle connection that counts towards it is closed; if all are busy there is none.
    pub fn admit(
        self: &Arc<Slots>,
        stream: Arc<TcpStream>,
        peer: IpAddr,
        visitor: Visitor,
    ) -> Option<Slot> {
        let mut held = self.held();
        if held.closed {
            return None;
        }
        let guest = visitor == Visitor::Guest;
        if guest {
            held.make_room(self.limits.per_guest, |c| c.visitor == visitor && c.peer == peer)?;
            held.make_room(self.limits.guests, |c| c.visitor == visitor)?;
        }
        held.make_room(self.limits.connections, |_| true)?;
        let number = held.next;
        held.next += 1;
        held.open.insert(number, Connection { peer, visitor, idle: true, stream });
        Some(Slot { slots: self.clone(), number })
    }

    /// Closes every connection, admits no more, and waits until nothing is left of them, but
    /// not longer than `patience`.
    pub fn close(&self, patience: Duration) {
        let mut held = self.held();
        held.closed = true;
        for connection in held.open.values() {
            let _ = connection.stream.shutdown(Shutdown::Both);
        }
        let waited = self.freed.wait_timeout_while(held, patience, |held| !held.open.is_empty());
        drop(waited);
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Room for one more of the connections that `counts` counts, at the cost of an idle one.
    fn make_room(&mut self, limit: usize, counts: impl Fn(&Connection) -> bool) -> Option<()> {
        if self.open.values().filter(|c| counts(c)).count() < limit {
            return Some(());
        }
        let (&oldest, _) = self.open.iter().find(|(_, c)| c.idle && counts(c))?;
        if let Some(connection) = self.open.remove(&oldest) {
            let _ = connection.stream.shutdown(Shutdown::Both);
        }
        Some(())
    }
}

impl Slot {
    /// Whether the connection may be closed for a newer one: it may until a request is there,
    /// and again once the answer is out.
    pub fn set_idle(&self, idle: bool) {
        if let Some(connection) = self.slots.held().open.get_mut(&self.number) {
            connection.idle = idle;
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.held().open.remove(&self.number);
        self.slots.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::net::TcpListener;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    struct Street {
        listener: TcpListener,
        slots: Arc<Slots>,
    }

    impl Street {
        fn new(connections: usize, guests: usize, per_guest: usize) -> Street {
            let limits = Limits { connections, guests, per_guest, ..Limits::default() };
            let listener = TcpListener::bind((HERE, 0)).unwrap();
            Street { listener, slots: Slots::new(limits) }
        }

        /// The client's end, and its place if it was let in.
        fn knock(&self, visitor: Visitor, house: u8) -> (TcpStream, Option<Slot>) {
            let client = TcpStream::connect(self.listener.local_addr().unwrap()).unwrap();
            let (stream, _) = self.listener.accept().unwrap();
            let peer = IpAddr::from([192, 0, 2, house]);
            (client, self.slots.admit(Arc::new(stream), peer, visitor))
        }
    }

    fn is_closed(mut client: &TcpStream) -> bool {
        client.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        matches!(client.read(&mut [0; 1]), Ok(0))
    }

    #[test]
    fn the_oldest_idle_connection_makes_room() {
        let street = Street::new(2, 2, 2);
        let (first, one) = street.knock(Visitor::Editor, 1);
        let (second, two) = street.knock(Visitor::Editor, 1);
        one.as_ref().unwrap().set_idle(false);
        let (_, three) = street.knock(Visitor::Editor, 1);
        assert!(three.is_some());
        assert!(!is_closed(&first) && is_closed(&second));
        drop(two);
    }

    #[test]
    fn nobody_is_let_in_when_all_are_busy() {
        let street = Street::new(1, 1, 1);
        let (_client, slot) = street.knock(Visitor::Editor, 1);
        slot.as_ref().unwrap().set_idle(false);
        assert!(street.knock(Visitor::Editor, 1).1.is_none());
        drop(slot);
        assert!(street.knock(Visitor::Editor, 1).1.is_some());
    }

    #[test]
    fn guests_cannot_shut_the_editor_out() {
        let street = Street::new(4, 3, 2);
        let guests: Vec<_> = (0..6).map(|n| street.knock(Visitor::Guest, n / 2)).collect();
        for slot in guests.iter().filter_map(|(_, slot)| slot.as_ref()) {
            slot.set_idle(false);
        }
        assert!(street.knock(Visitor::Guest, 9).1.is_none());
        assert!(street.knock(Visitor::Editor, 1).1.is_some());
    }

    #[test]
    fn one_guest_makes_room_at_its_own_cost() {
        let street = Street::new(9, 9, 1);
        let (other, _slot) = street.knock(Visitor::Guest, 1);
        let (mine, _mine_slot) = street.knock(Visitor::Guest, 2);
        let (_, again) = street.knock(Visitor::Guest, 2);
        assert!(again.is_some() && is_closed(&mine) && !is_closed(&other));
    }

    #[test]
    fn closing_closes_all() {
        let street = Street::new(2, 2, 2);
        let (client, slot) = street.knock(Visitor::Editor, 1);
        street.slots.close(Duration::ZERO);
        assert!(is_closed(&client) && street.knock(Visitor::Editor, 1).1.is_none());
        drop(slot);
    }
}
