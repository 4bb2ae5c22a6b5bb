//! The addresses by which others on the network reach this machine.

use if_addrs::Interface;
use std::net::{IpAddr, Ipv4Addr};

/// IPv4 addresses of this machine, the likeliest first. IPv6 ones are left out: nobody types
/// them, and every school's network has the others.
pub fn addresses() -> Vec<Ipv4Addr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let known = interfaces.iter().filter_map(|interface| Some((rank(interface), v4(interface)?)));
    in_order(known.collect())
}

fn in_order(mut found: Vec<(u8, Ipv4Addr)>) -> Vec<Ipv4Addr> {
    found.sort();
    let mut addresses: Vec<_> = found.into_iter().map(|(_, address)| address).collect();
    addresses.dedup();
    addresses
}

fn v4(interface: &Interface) -> Option<Ipv4Addr> {
    match interface.ip() {
        IpAddr::V4(ip) if !ip.is_loopback() && !ip.is_link_local() => Some(ip),
        _ => None,
    }
}

/// Real networks before those of virtual machines, containers and tunnels.
fn rank(interface: &Interface) -> u8 {
    u8::from(interface.is_p2p() || is_virtual(&interface.name))
}

fn is_virtual(name: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "docker",
        "br-",
        "veth",
        "virbr",
        "vmnet",
        "vbox",
        "lxc",
        "cni",
        "podman",
        "tun",
        "tap",
        "utun",
        "wg",
        "tailscale",
        "zt",
        "bridge1",
    ];
    let name = name.to_ascii_lowercase();
    // As Windows, VirtualBox and VMware call theirs.
    let inside = ["vethernet", "virtual", "vmware"];
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || inside.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_networks_come_first_and_each_once() {
        let [docker, room] = [Ipv4Addr::new(172, 17, 0, 1), Ipv4Addr::new(192, 168, 1, 5)];
        assert_eq!(in_order(vec![(1, docker), (0, room), (0, room)]), [room, docker]);
    }

    #[test]
    fn virtual_networks_are_known_by_name() {
        for name in ["docker0", "br-1f2e", "vEthernet (WSL)", "VMware Network Adapter VMnet8"] {
            assert!(is_virtual(name), "{name}");
        }
        for name in ["eth0", "wlp3s0", "en0", "Wi-Fi", "Ethernet 2"] {
            assert!(!is_virtual(name), "{name}");
        }
    }

    #[test]
    fn loopback_is_no_network() {
        assert!(addresses().iter().all(|ip| !ip.is_loopback() && !ip.is_link_local()));
    }
}
