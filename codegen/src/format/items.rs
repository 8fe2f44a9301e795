//! The layout of items, as rustfmt would write them.
//!
//! rustfmt also sees what the macros expand from, but it leaves braces of a macro alone. What it formats are imports,
//! modules, constants, aliases, structs, enums and short functions. If part of an item fits nowhere, rustfmt leaves the
//! item as it is.

use proc_macro2::Delimiter;

use super::order::compare;
use super::style::Style;
use super::tokens::{Group, Piece, columns, elements, flat, width};

const STEP: usize = 4;

/// The output of one module.
pub(super) struct Printer<'a> {
    style: Style,
    out: &'a mut String,
}

impl<'a> Printer<'a> {
    pub(super) fn new(style: Style, out: &'a mut String) -> Self {
        Self { style, out }
    }

    /// Prints an item and a line break.
    pub(super) fn item(&mut self, pieces: &[Piece]) {
        self.member(pieces, 0);
        self.out.push('\n');
    }

    /// Prints an item, a field or a variant: its attributes, each on a line of its own, and the rest.
    fn member(&mut self, pieces: &[Piece], indent: usize) {
        let is_attribute = |piece: &&Piece| matches!(piece, Piece::Doc(_) | Piece::Attribute(_));
        let (attributes, rest) = pieces.split_at(pieces.iter().take_while(is_attribute).count());
        for attribute in attributes {
            match attribute {
                Piece::Doc(text) => {
                    self.out.push_str("///");
                    self.out.push_str(text);
                }
                Piece::Attribute(group) => {
                    self.out.push_str("#[");
                    self.meta(&group.inner, indent);
                    self.out.push(']');
                }
                _ => {}
            }
            self.line(indent);
        }
        self.code(rest, indent);
    }

    /// Prints the content of an attribute.
    fn meta(&mut self, pieces: &[Piece], indent: usize) {
        let Some((Piece::Group(list), path)) = pieces.split_last() else {
            return flat(pieces, self.out);
        };
        let entries = elements(&list.inner);
        let is_nested = |entry: &[Piece]| matches!(entry, [.., Piece::Group(_)]);
        let is_short = width(&list.inner).is_some_and(|width| width <= self.style.attribute());
        if is_short && self.fits(pieces, 1) {
            return flat(pieces, self.out);
        }
        flat(path, self.out);
        self.out.push('(');
        match entries.as_slice() {
            [only] if is_nested(only) => self.meta(only, indent),
            _ => {
                for (index, entry) in entries.iter().enumerate() {
                    self.line(indent + STEP);
                    self.meta(entry, indent + STEP);
                    self.out.push_str(if index + 1 < entries.len() { "," } else { "" });
                }
                self.line(indent);
            }
        }
        self.out.push(')');
    }

    fn code(&mut self, pieces: &[Piece], indent: usize) {
        let has = |word: &str| pieces.iter().any(|piece| piece.is(word));
        match pieces {
            [.., Piece::Group(body)] if body.is_block() && (has("struct") || has("enum")) => {
                self.members(pieces, body, indent);
            }
            [.., Piece::Group(body)] if body.is_block() && has("fn") => self.function(pieces, body, indent),
            [.., Piece::Group(list), Piece::Sign(";")] if list.is_block() && has("use") => self.import(pieces, list),
            _ if has("type") || has("const") => self.assignment(pieces, indent),
            [Piece::Word(_), Piece::Group(content), ..] if self.is_variant(pieces, content) => {
                self.variant(pieces, content, indent);
            }
            _ => match pieces.iter().position(|piece| piece.is(":")) {
                Some(colon) if !has("use") => self.field(pieces, colon, indent),
                _ => flat(pieces, self.out),
            },
        }
    }

    /// Prints a struct or an enum: each member on a line of its own.
    fn members(&mut self, pieces: &[Piece], body: &Group, indent: usize) {
        flat(&pieces[..pieces.len() - 1], self.out);
        self.open_body(0, indent);
        for member in elements(&body.inner) {
            self.line(indent + STEP);
            self.member(member, indent + STEP);
            self.out.push(',');
        }
        if !body.inner.is_empty() {
            self.line(indent);
        }
        self.out.push('}');
    }

    /// Opens a body: on the line of its head if it fits there, on the next one otherwise. If the head alone is too long,
    /// rustfmt indents the brace of a function by one column.
    fn open_body(&mut self, quirk: usize, indent: usize) {
        match self.column() {
            width if width + 2 <= self.style.max_width => self.out.push(' '),
            width if width <= self.style.max_width => self.line(indent),
            _ => self.line(indent + quirk),
        }
        self.out.push('{');
    }

    /// Prints a function: its arguments on one line if they fit, and its statements.
    fn function(&mut self, pieces: &[Piece], body: &Group, indent: usize) {
        let signature = &pieces[..pieces.len() - 1];
        let arguments = signature.iter().position(|piece| matches!(piece, Piece::Group(_)));
        match arguments.and_then(|at| Some((at, signature.get(at)?))) {
            Some((at, Piece::Group(list))) if !self.fits(signature, 2) && !list.inner.is_empty() => {
                flat(&signature[..at], self.out);
                self.vertical(&elements(&list.inner), ("(", ")"), indent);
                self.out.push(' ');
                flat(&signature[at + 1..], self.out);
            }
            _ => flat(signature, self.out),
        }
        self.open_body(1, indent);
        for statement in statements(&body.inner) {
            self.line(indent + STEP);
            self.expression(statement, indent + STEP, 0);
        }
        self.line(indent);
        self.out.push('}');
    }

    /// Prints `use a::{b, c};` with its names in order.
    fn import(&mut self, pieces: &[Piece], list: &Group) {
        let mut names: Vec<String> = elements(&list.inner).into_iter().map(text).collect();
        names.sort_by(|one, other| compare(one, other));
        flat(&pieces[..pieces.len() - 2], self.out);
        if let [only] = names.as_slice() {
            self.out.push_str(only);
        } else if self.column() + columns(&names.join(", ")) + 5 <= self.style.max_width {
            self.out.push_str(&format!("{{{}}}", names.join(", ")));
        } else {
            self.out.push('{');
            // rustfmt leaves a column free if the names take several lines.
            let is_one_line = STEP + columns(&names.join(", ")) < self.style.max_width;
            self.fill(&names, STEP, self.style.max_width - usize::from(!is_one_line));
            self.line(0);
            self.out.push('}');
        }
        self.out.push(';');
    }

    /// Prints `a = b;`: the value begins on the next line if it fits on no line otherwise.
    fn assignment(&mut self, pieces: &[Piece], indent: usize) {
        let Some(sign) = pieces.iter().position(|piece| piece.is("=")) else {
            return flat(pieces, self.out);
        };
        let (place, value) = (&pieces[..=sign], &pieces[sign + 1..]);
        let value = without_semicolon(value);
        let on_next_line = width(value).is_some_and(|width| indent + STEP + width < self.style.max_width);
        flat(place, self.out);
        if self.fits(value, 2) && self.is_short(value) || !on_next_line && array(value).is_none() {
            self.out.push(' ');
            flat(value, self.out);
        } else if on_next_line && self.is_short(value) {
            self.line(indent + STEP);
            flat(value, self.out);
        } else {
            self.out.push(' ');
            self.expression(value, indent, 1);
        }
        self.out.push(';');
    }

    /// Prints `name: Type`.
    fn field(&mut self, pieces: &[Piece], colon: usize, indent: usize) {
        let (name, ty) = (&pieces[..=colon], &pieces[colon + 1..]);
        flat(name, self.out);
        let on_next_line = width(ty).is_some_and(|width| indent + STEP + width < self.style.max_width);
        if !self.fits(ty, 2) && on_next_line {
            self.line(indent + STEP);
            flat(ty, self.out);
        } else {
            self.out.push(' ');
            self.ty(ty, indent);
        }
    }

    /// Prints a type, and its arguments on lines of their own if it does not fit.
    fn ty(&mut self, pieces: &[Piece], indent: usize) {
        if self.fits(pieces, 1) {
            return flat(pieces, self.out);
        }
        match pieces {
            [Piece::Group(tuple)] => self.vertical(&elements(&tuple.inner), ("(", ")"), indent),
            [path @ .., Piece::Sign("<"), Piece::Group(tuple), Piece::Sign(">")] => {
                flat(path, self.out);
                self.out.push('<');
                self.vertical(&elements(&tuple.inner), ("(", ")"), indent);
                self.out.push('>');
            }
            [.., Piece::Sign(">")] => {
                let open = pieces.iter().position(|piece| piece.is("<")).unwrap_or_default();
                flat(&pieces[..open], self.out);
                self.vertical(&elements(&pieces[open + 1..pieces.len() - 1]), ("<", ">"), indent);
            }
            _ => flat(pieces, self.out),
        }
    }

    /// Returns whether a variant is too long for its line, and its content fits on the next one.
    fn is_variant(&self, pieces: &[Piece], content: &Group) -> bool {
        let content = width(&content.inner).is_some_and(|width| 2 * STEP + width < self.style.max_width);
        content && !self.fits(pieces, 1)
    }

    fn variant(&mut self, pieces: &[Piece], content: &Group, indent: usize) {
        flat(&pieces[..1], self.out);
        self.vertical(&elements(&content.inner), ("(", ")"), indent);
    }

    /// Prints an expression; `behind` columns follow it on its line.
    fn expression(&mut self, pieces: &[Piece], indent: usize, behind: usize) {
        if self.fits(pieces, behind) && self.is_short(pieces) {
            return flat(pieces, self.out);
        }
        let value = without_semicolon(pieces);
        match value {
            [place @ .., Piece::Group(list)] => {
                flat(place, self.out);
                let entries = elements(&list.inner);
                let is_array = list.delimiter == Delimiter::Bracket;
                if is_array && entries.iter().all(|entry| width(entry).is_some_and(|width| width <= 10)) {
                    self.out.push('[');
                    self.fill(&entries.into_iter().map(text).collect::<Vec<_>>(), indent + STEP, self.style.max_width);
                    self.line(indent);
                    self.out.push(']');
                } else {
                    self.vertical_expressions(&entries, list.brackets(), indent);
                }
                flat(&pieces[value.len()..], self.out);
            }
            _ => flat(pieces, self.out),
        }
    }

    fn vertical_expressions(&mut self, entries: &[&[Piece]], (open, close): (&str, &str), indent: usize) {
        self.out.push_str(open);
        for entry in entries {
            self.line(indent + STEP);
            self.expression(entry, indent + STEP, 1);
            self.out.push(',');
        }
        self.line(indent);
        self.out.push_str(close);
    }

    /// Prints types or arguments of a function, each on a line of its own.
    fn vertical(&mut self, entries: &[&[Piece]], (open, close): (&str, &str), indent: usize) {
        self.out.push_str(open);
        for entry in entries {
            self.line(indent + STEP);
            self.ty(entry, indent + STEP);
            self.out.push(',');
        }
        self.line(indent);
        self.out.push_str(close);
    }

    /// Prints short entries, as many on a line as fit.
    fn fill(&mut self, entries: &[String], indent: usize, max_width: usize) {
        for (index, entry) in entries.iter().enumerate() {
            let fits = self.column() + columns(entry) + 2 <= max_width;
            if index > 0 && fits {
                self.out.push(' ');
            } else {
                self.line(indent);
            }
            self.out.push_str(entry);
            self.out.push(',');
        }
    }

    /// Returns whether the lists of an expression are short enough for one line.
    fn is_short(&self, pieces: &[Piece]) -> bool {
        pieces.iter().enumerate().all(|(index, piece)| match piece {
            Piece::Group(list) => {
                let limit = match list.delimiter {
                    Delimiter::Bracket => self.style.array(),
                    _ if index > 0 => self.style.call(),
                    _ => usize::MAX,
                };
                width(&list.inner).is_some_and(|width| width <= limit) && self.is_short(&list.inner)
            }
            _ => true,
        })
    }

    /// Returns whether tokens fit on the current line, with `behind` further columns.
    fn fits(&self, pieces: &[Piece], behind: usize) -> bool {
        width(pieces).is_some_and(|width| self.column() + width + behind <= self.style.max_width)
    }

    /// Begins a line.
    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    /// The width of the last line.
    fn column(&self) -> usize {
        columns(&self.out[self.out.rfind('\n').map_or(0, |at| at + 1)..])
    }
}

/// The elements of an array, or of a reference to one.
fn array(value: &[Piece]) -> Option<&Group> {
    match value {
        [Piece::Group(list)] | [Piece::Sign("&"), Piece::Group(list)] => Some(list),
        _ => None,
    }
}

fn without_semicolon(pieces: &[Piece]) -> &[Piece] {
    match pieces {
        [value @ .., Piece::Sign(";")] => value,
        _ => pieces,
    }
}

fn text(pieces: &[Piece]) -> String {
    let mut out = String::new();
    flat(pieces, &mut out);
    out
}

/// The statements of a body, each with its semicolon.
fn statements(body: &[Piece]) -> Vec<&[Piece]> {
    body.split_inclusive(|piece| piece.is(";")).collect()
}
