//! The output of a program, for tests that search it for secrets.

use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

/// Written text, such as a log. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    /// Clears the text.
    ///
    /// # Panics
    ///
    /// If a writer has panicked.
    pub fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    /// Returns the text that was written so far.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the error's `Display` and `Debug` texts, those of its sources, and the message of a panic that unwraps it.
///
/// # Panics
///
/// Never: it is the panic that is looked at.
pub fn show(out: &mut String, error: &(dyn Error + 'static)) {
    let panic = catch_unwind(AssertUnwindSafe(|| failed(error).unwrap())).unwrap_err();
    writeln!(out, "{}", panic.downcast_ref::<String>().unwrap()).unwrap();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(out, "{error} {error:?} {error:#?}").unwrap();
        next = error.source();
    }
}

fn failed<'a>(error: &'a (dyn Error + 'static)) -> Result<(), &'a (dyn Error + 'static)> {
    Err(error)
}
