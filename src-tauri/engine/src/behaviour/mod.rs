//! What the engine promises, tried through `Engine` on fakes. Time stands still unless a test waits.

mod connecting;
mod disconnecting;
mod finishing;
mod giving_up;
mod lasting;
mod leasing;
mod narrowing;
mod opening;
mod overlapping;
mod reading;
mod reconnecting;
mod recovering;
mod rotating;
mod side_by_side;
mod stage;
mod stopping;
mod taking_in;
mod testing;
mod unasked;
