//! Whether a request was meant for this preview: the defence against DNS rebinding, where a
//! page from elsewhere makes its own name point to this machine.

use crate::serve::Visitor;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Who `peer` is on a connection that arrived at `local`. Only the two usual loopback addresses
/// count as this machine, and its own address when it calls itself by that.
pub fn visitor(peer: IpAddr, local: IpAddr) -> Visitor {
    if is_usual_loopback(peer) || peer == local { Visitor::Editor } else { Visitor::Guest }
}

/// Whether `host`, the value of a `Host` field, names the place where the connection arrived.
/// On the network that is its address and nothing else: a name there could be anybody's.
pub fn is_ours(host: &str, local: SocketAddr) -> bool {
    let Some(name) = without_port(host, local.port()) else { return false };
    let loopback = local.ip().is_loopback();
    if loopback && name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let address = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(v6) => v6.parse().map(IpAddr::V6),
        None => name.parse().map(IpAddr::V4),
    };
    address.is_ok_and(|ip| ip == local.ip() || loopback && is_usual_loopback(ip))
}

/// Whether `origin`, the value of an `Origin` field, is a page of this preview.
pub fn is_our_origin(origin: &str, local: SocketAddr) -> bool {
    origin.strip_prefix("http://").is_some_and(|host| is_ours(host, local))
}

/// The name of `host` if its port is `port`; 80 may be left out.
fn without_port(host: &str, port: u16) -> Option<&str> {
    match host.strip_suffix(&format!(":{port}")) {
        Some(name) => Some(name),
        None => (port == 80).then_some(host),
    }
}

fn is_usual_loopback(ip: IpAddr) -> bool {
    ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> SocketAddr {
        address.parse().unwrap()
    }

    #[test]
    fn loopback_answers_to_its_usual_names() {
        for local in ["127.0.0.1:4321", "[::1]:4321"] {
            for host in ["127.0.0.1:4321", "localhost:4321", "LocalHost:4321", "[::1]:4321"] {
                assert!(is_ours(host, at(local)), "{host} at {local}");
            }
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for host in [
            "",
            "localhost",
            "127.0.0.1",
            "localhost:4322",
            "localhost:04321",
            "localhost:4321:4321",
            "localhost.:4321",
            "evil.example:4321",
            "localhost.evil.example:4321",
            "evil.example",
            "127.0.0.1.nip.io:4321",
            "0.0.0.0:4321",
            "127.1:4321",
            "2130706433:4321",
            "0x7f.0.0.1:4321",
            "[::ffff:127.0.0.1]:4321",
            "::1:4321",
            "[127.0.0.1]:4321",
            "user@localhost:4321",
            "192.168.1.5:4321",
            " localhost:4321",
        ] {
            assert!(!is_ours(host, at("127.0.0.1:4321")), "{host}");
        }
    }

    #[test]
    fn the_network_answers_to_its_address_alone() {
        let local = at("192.168.1.5:4321");
        assert!(is_ours("192.168.1.5:4321", local));
        for host in ["localhost:4321", "127.0.0.1:4321", "192.168.1.6:4321", "may-day.local:4321"] {
            assert!(!is_ours(host, local), "{host}");
        }
    }

    #[test]
    fn port_80_may_be_left_out() {
        assert!(is_ours("localhost", at("127.0.0.1:80")));
        assert!(is_ours("192.168.1.5", at("192.168.1.5:80")));
        assert!(!is_ours("localhost:8080", at("127.0.0.1:80")));
    }

    #[test]
    fn origins_are_pages_of_ours() {
        let local = at("127.0.0.1:4321");
        assert!(is_our_origin("http://localhost:4321", local));
        for origin in ["null", "https://localhost:4321", "http://evil.example", "localhost:4321"] {
            assert!(!is_our_origin(origin, local), "{origin}");
        }
    }

    #[test]
    fn only_this_machine_edits() {
        let ip = |text: &str| text.parse().unwrap();
        assert_eq!(visitor(ip("127.0.0.1"), ip("127.0.0.1")), Visitor::Editor);
        assert_eq!(visitor(ip("::1"), ip("::1")), Visitor::Editor);
        assert_eq!(visitor(ip("192.168.1.5"), ip("192.168.1.5")), Visitor::Editor);
        assert_eq!(visitor(ip("192.168.1.6"), ip("192.168.1.5")), Visitor::Guest);
        assert_eq!(visitor(ip("127.0.0.2"), ip("127.0.0.1")), Visitor::Guest);
    }
}
