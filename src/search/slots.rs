//! Where a page stands in the index: a number that it keeps when other pages come and go, so
//! that they change few bytes of it.

use super::numbers::hash;
use crate::model::Site;

/// One slot per page of the site, by position in `Site::pairs`, and how many slots there are.
///
/// A page's slot is the hash of its address, or one of the next where that is taken; there are
/// at least four times as many slots as pages, so this is rare. The number of slots doubles with
/// the site.
pub(super) fn slots(site: &Site) -> (Vec<u32>, u32) {
    let count = (site.pairs.len() * 4).next_power_of_two().max(64) as u32;
    let wanted = |pair: usize| hash(site.pairs[pair].id.as_str()) & (count - 1);
    let mut order: Vec<usize> = (0..site.pairs.len()).collect();
    order.sort_by_key(|pair| (wanted(*pair), site.pairs[*pair].id.as_str()));
    let mut taken = vec![false; count as usize];
    let mut slots = vec![0; site.pairs.len()];
    for pair in order {
        let mut slot = wanted(pair);
        // Three of four are free.
        while taken[slot as usize] {
            slot = (slot + 1) & (count - 1);
        }
        taken[slot as usize] = true;
        slots[pair] = slot;
    }
    (slots, count)
}
