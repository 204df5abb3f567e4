//! Choosing from the lists of the program.

use super::Script;

impl Script {
    /// Chooses a line of the open list by typing a part of it.
    pub(crate) fn picks(&mut self, part: &str) -> &mut Self {
        self.types(part).keys("enter")
    }

    /// Asks for an action by its name, through the palette.
    pub(crate) fn asks(&mut self, name: &str) -> &mut Self {
        self.keys("f9").picks(name)
    }

    /// Chooses an environment by its id.
    pub(crate) fn sends_to(&mut self, id: &str) -> &mut Self {
        self.keys("f2").picks(&format!("({id})"))
    }
}
