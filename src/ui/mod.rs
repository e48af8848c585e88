//! Draws and edits. Screens take input and give back effects; they perform none and decide nothing about medicine.

pub mod theme;
pub mod widget;
