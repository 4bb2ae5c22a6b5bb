//! The preview's web server, spoken to over raw sockets: what no browser would send, too.

mod client;
mod events;
mod files;
mod hosts;
mod limits;
mod paths;
mod preview;
mod requests;
mod stopping;
