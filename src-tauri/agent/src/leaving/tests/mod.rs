mod ending;
mod going;
