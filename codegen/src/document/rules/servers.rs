//! Rules of servers.

use super::super::check::Checker;
use super::super::objects::{Server, ServerVariable};
use super::super::read::{Rules, is_url};
use crate::diagnostic::Code;

impl<'a> Rules<'a> for Server<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let Some(url) = &self.url else { return };
        if url.text.contains(['?', '#']) {
            let message = "the URL of a server has a query or a fragment";
            let help = "octogen adds the path of a request behind it; remove it from the URL";
            checker.warn(Code::InvalidServer, url.node.place(), message, help);
        }
        if !is_url(url.text) {
            let message = format!("`{}` is not a URL", url.text);
            let help = "octogen recommends the URL as it is written; correct it";
            checker.warn(Code::InvalidServer, url.node.place(), message, help);
        }
        let is_declared = |name: &str| self.variables.iter().any(|(declared, _)| *declared == name);
        for part in url.text.split('{').skip(1) {
            match part.split_once('}') {
                None => {
                    let message = "the URL of a server has a `{` without a `}`";
                    let help = "octogen uses the URL as it is written; write a variable as `{name}`";
                    checker.warn(Code::InvalidServer, url.node.place(), message, help);
                }
                Some((name, _)) if !is_declared(name) => {
                    let message = format!("the server variable `{name}` is not declared");
                    let help = format!(
                        "octogen recommends no base URL with it; declare `{name}` under `variables`, with a `default`"
                    );
                    checker.warn(Code::UndeclaredServerVariable, url.node.place(), message, help);
                }
                Some(_) => {}
            }
        }
        for (name, variable) in &self.variables {
            if !url.text.contains(&format!("{{{name}}}")) {
                let message = format!("the URL of the server does not contain the variable `{name}`");
                let help = format!("octogen ignores the variable; remove it, or add `{{{name}}}` to the URL");
                checker.warn(Code::UnusedServerVariable, variable.node.place_as_key(), message, help);
            }
        }
    }
}

impl<'a> Rules<'a> for ServerVariable<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        if self.values.is_empty() && self.node.value.get("enum").is_some() {
            let help = "octogen accepts any value of the variable; list the values, or remove `enum`";
            checker.warn(
                Code::EmptyEnum,
                self.node.child("enum").place(),
                "`enum` of a server variable is empty",
                help,
            );
        } else if let Some(default) = self.default
            && !self.values.is_empty()
            && !self.values.contains(&default)
        {
            let message = format!("the default `{default}` is not among the values of the server variable");
            let help = "octogen uses the default; correct it, or add it to `enum`";
            checker.warn(Code::ContradictoryDefault, self.node.child("default").place(), message, help);
        }
    }
}
