//! The form engine and the text core: knows neither the terminal nor how things are drawn.

pub mod text;
