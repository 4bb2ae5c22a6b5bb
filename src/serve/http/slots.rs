//! Who is let in, and who has to make room: a connection that has not asked for anything yet
//! is worth less than a new one.

use super::Limits;
use crate::serve::Visitor;
use std::collections::BTreeMap;
use std::net::{IpAddr, Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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
    /// How many wait for a place.
    waiting: usize,
    closed: bool,
}

/// A connection that wants to come in.
#[derive(Clone)]
pub struct Caller {
    /// The connection.
    pub stream: Arc<TcpStream>,
    /// Where it comes from.
    pub peer: IpAddr,
    /// Who that is.
    pub visitor: Visitor,
}

struct Connection {
    caller: Caller,
    stage: Stage,
}

/// How far a connection has come.
#[derive(Clone, Copy)]
enum Stage {
    /// Its request is not here yet; it came in at this time.
    Asking(Instant),
    /// It is being answered.
    Busy,
    /// It has its answer, and only has to go.
    Answered,
}

/// One connection's place; given back when dropped.
pub struct Slot {
    slots: Arc<Slots>,
    number: u64,
}

/// A caller's place in the queue for a place; given back when dropped.
pub struct Turn {
    slots: Arc<Slots>,
}

impl Slots {
    /// No connections, within `limits`.
    pub fn new(limits: Limits) -> Arc<Slots> {
        Arc::new(Slots { limits, held: Mutex::default(), freed: Condvar::new() })
    }

    /// A place for a new connection. Where a limit is reached, the oldest one that counts
    /// towards it and is not being answered is closed; if all are, there is none. Connections
    /// younger than `settle` are spared: their request may be on its way.
    pub fn admit(self: &Arc<Slots>, caller: &Caller, settle: Duration) -> Option<Slot> {
        let number = self.held().place(&self.limits, caller, settle)?;
        Some(Slot { slots: self.clone(), number })
    }

    /// A place in the queue, if that is not full as well.
    pub fn queue(self: &Arc<Slots>) -> Option<Turn> {
        let mut held = self.held();
        if held.waiting >= self.limits.waiting {
            return None;
        }
        held.waiting += 1;
        Some(Turn { slots: self.clone() })
    }

    /// Closes every connection, admits no more, and waits until nothing is left of them, but
    /// not longer than `patience`.
    pub fn close(&self, patience: Duration) {
        let mut held = self.held();
        held.closed = true;
        for connection in held.open.values() {
            let _ = connection.caller.stream.shutdown(Shutdown::Both);
        }
        self.freed.notify_all();
        let waited = self
            .freed
            .wait_timeout_while(held, patience, |held| held.waiting > 0 || !held.open.is_empty());
        drop(waited);
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits for a place, but not longer than the limits say.
    pub fn wait(self, caller: &Caller) -> Option<Slot> {
        let Slots { limits, freed, .. } = &*self.slots;
        let until = Instant::now() + limits.patience;
        let mut held = self.slots.held();
        loop {
            if let Some(number) = held.place(limits, caller, limits.settle) {
                return Some(Slot { slots: self.slots.clone(), number });
            }
            let left = until.saturating_duration_since(Instant::now());
            if held.closed || left.is_zero() {
                return None;
            }
            // Nobody says when a connection has had its time to settle.
            let pause = left.min(limits.settle);
            held = freed.wait_timeout(held, pause).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.slots.held().waiting -= 1;
        self.slots.freed.notify_all();
    }
}

impl Held {
    /// The number of a new place for `caller`.
    fn place(&mut self, limits: &Limits, caller: &Caller, settle: Duration) -> Option<u64> {
        if self.closed {
            return None;
        }
        if caller.visitor == Visitor::Guest {
            let same = |c: &Caller| c.is_guest() && c.peer == caller.peer;
            self.make_room(limits.per_guest, settle, same)?;
            self.make_room(limits.guests, settle, Caller::is_guest)?;
        }
        self.make_room(limits.connections, settle, |_| true)?;
        let number = self.next;
        self.next += 1;
        self.open.insert(
            number,
            Connection { caller: caller.clone(), stage: Stage::Asking(Instant::now()) },
        );
        Some(number)
    }

    /// Room for one more of the callers that `counts` counts, at the cost of an older one.
    fn make_room(
        &mut self,
        limit: usize,
        settle: Duration,
        counts: impl Fn(&Caller) -> bool,
    ) -> Option<()> {
        if self.open.values().filter(|c| counts(&c.caller)).count() < limit {
            return Some(());
        }
        let may_go = |c: &Connection| c.stage.may_go(settle) && counts(&c.caller);
        let (&oldest, _) = self.open.iter().find(|(_, c)| may_go(c))?;
        if let Some(connection) = self.open.remove(&oldest) {
            let _ = connection.caller.stream.shutdown(Shutdown::Both);
        }
        Some(())
    }
}

impl Stage {
    fn may_go(self, settle: Duration) -> bool {
        match self {
            Stage::Asking(since) => since.elapsed() >= settle,
            Stage::Busy => false,
            Stage::Answered => true,
        }
    }
}

impl Caller {
    fn is_guest(&self) -> bool {
        self.visitor == Visitor::Guest
    }
}

impl Slot {
    /// The request is here: from now on nobody else gets this place.
    pub fn set_busy(&self) {
        self.set(Stage::Busy);
    }

    /// The answer is out.
    pub fn set_answered(&self) {
        self.set(Stage::Answered);
        self.slots.freed.notify_all();
    }

    fn set(&self, stage: Stage) {
        if let Some(connection) = self.slots.held().open.get_mut(&self.number) {
            connection.stage = stage;
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
            let caller = caller(stream, visitor, house);
            (client, self.slots.admit(&caller, Duration::ZERO))
        }
    }

    fn caller(stream: TcpStream, visitor: Visitor, house: u8) -> Caller {
        Caller { stream: Arc::new(stream), peer: IpAddr::from([192, 0, 2, house]), visitor }
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
        one.as_ref().unwrap().set_busy();
        let (_, three) = street.knock(Visitor::Editor, 1);
        assert!(three.is_some());
        assert!(!is_closed(&first) && is_closed(&second));
        drop(two);
    }

    #[test]
    fn a_request_that_is_on_its_way_is_given_time() {
        let street = Street::new(1, 1, 1);
        let (client, slot) = street.knock(Visitor::Editor, 1);
        let _other = TcpStream::connect(street.listener.local_addr().unwrap()).unwrap();
        let (stream, _) = street.listener.accept().unwrap();
        let next = caller(stream, Visitor::Editor, 1);
        let day = Duration::from_secs(86_400);
        assert!(street.slots.admit(&next, day).is_none() && !is_closed(&client));
        // Once it has its answer there is nothing to wait for.
        slot.unwrap().set_answered();
        assert!(street.slots.admit(&next, day).is_some());
    }

    #[test]
    fn nobody_is_let_in_when_all_are_busy() {
        let street = Street::new(1, 1, 1);
        let (_client, slot) = street.knock(Visitor::Editor, 1);
        slot.as_ref().unwrap().set_busy();
        assert!(street.knock(Visitor::Editor, 1).1.is_none());
        drop(slot);
        assert!(street.knock(Visitor::Editor, 1).1.is_some());
    }

    #[test]
    fn guests_cannot_shut_the_editor_out() {
        let street = Street::new(4, 3, 2);
        let guests: Vec<_> = (0..6).map(|n| street.knock(Visitor::Guest, n / 2)).collect();
        for slot in guests.iter().filter_map(|(_, slot)| slot.as_ref()) {
            slot.set_busy();
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
    fn whoever_waits_gets_the_next_place() {
        let street = Street::new(1, 1, 1);
        let (_client, slot) = street.knock(Visitor::Editor, 1);
        let slot = slot.unwrap();
        slot.set_busy();
        let _other = TcpStream::connect(street.listener.local_addr().unwrap()).unwrap();
        let (stream, _) = street.listener.accept().unwrap();
        let next = caller(stream, Visitor::Editor, 1);
        let turn = street.slots.queue().unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| turn.wait(&next).is_some());
            std::thread::sleep(Duration::from_millis(50));
            drop(slot);
            assert!(waiting.join().unwrap());
        });
    }

    #[test]
    fn the_queue_has_an_end() {
        let mut street = Street::new(1, 1, 1);
        let limits = Limits { waiting: 1, ..street.slots.limits };
        street.slots = Slots::new(limits);
        let turn = street.slots.queue();
        assert!(turn.is_some() && street.slots.queue().is_none());
        drop(turn);
        assert!(street.slots.queue().is_some());
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
