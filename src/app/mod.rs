//! Wires: owns the record, the screens, the clock and the loop, and performs effects.
