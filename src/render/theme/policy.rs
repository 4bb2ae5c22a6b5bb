//! The Content-Security-Policy and the two pieces of inline code that it allows by hash.

use super::files::ThemeFiles;
use sha2::{Digest, Sha256};

/// The policies, and the code whose hashes they name.
pub(super) struct Policy {
    pub page: String,
    pub inline_script: String,
    pub not_found: String,
    pub not_found_style: String,
}

impl Policy {
    pub fn new(files: &ThemeFiles) -> Policy {
        let inline = |name| {
            let text = files.get(name).and_then(|file| file.text()).unwrap_or_default();
            // A browser hashes what it parsed, and it parses CRLF as LF.
            text.replace("\r\n", "\n").trim().to_owned()
        };
        let inline_script = inline("inline/colour-theme.js");
        let not_found_style = inline("inline/not-found.css");
        Policy {
            page: format!(
                "default-src 'none'; script-src 'self' '{}'; style-src 'self'; \
                 img-src 'self' data:; font-src 'self'; media-src 'self'; \
                 base-uri 'none'; form-action 'none'",
                hash_source(&inline_script)
            ),
            // Its one image is the icon that browsers ask a host for by themselves: refused, it
            // would be an error on the console of every reader who took a wrong turn.
            not_found: format!(
                "default-src 'none'; style-src '{}'; img-src 'self'; base-uri 'none'; \
                 form-action 'none'",
                hash_source(&not_found_style)
            ),
            inline_script,
            not_found_style,
        }
    }
}

/// A hash source of CSP Level 3: `sha256-` and the digest in Base64.
fn hash_source(code: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(code)))
}

/// Base64 with padding, as in RFC 4648 section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let sextet = (group >> (18 - 6 * i)) & 63;
            out.push(if i <= chunk.len() { char::from(ALPHABET[sextet as usize]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn hash_is_what_browsers_compute() {
        // From the specification of CSP Level 3, section 8.4.
        assert_eq!(
            hash_source("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }
}
