//! Items that people read, as rustfmt would have them.

use proc_macro2::{TokenStream, TokenTree};

/// An item in the usual style; `None` where it is a line or a table, of which the printer knows nothing.
pub(super) fn item(tokens: &TokenStream) -> Option<String> {
    if !is_prose(tokens) {
        return None;
    }
    match syn::parse2(tokens.clone()).ok()? {
        // The printer puts no blank line between the functions of an `impl`.
        syn::Item::Impl(whole) if whole.items.len() > 1 => Some(implementation(whole)),
        item => Some(printed(item)),
    }
}

/// Whether it holds statements, of which the layout knows little.
fn is_prose(tokens: &TokenStream) -> bool {
    let mut is_attribute = false;
    let mut last = None;
    let mut keyword = None;
    for token in tokens.clone() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => is_attribute = true,
            TokenTree::Group(_) if is_attribute => is_attribute = false,
            TokenTree::Ident(ident) if keyword.is_none() => {
                let word = ident.to_string();
                keyword = (word != "pub").then_some(word);
            }
            // Of `pub(crate)`, the keyword is still to come.
            TokenTree::Group(_) if keyword.is_none() => {}
            _ => {}
        }
        last = Some(token);
    }
    let has_body = matches!(&last, Some(TokenTree::Group(body)) if !body.stream().is_empty());
    match keyword.as_deref() {
        Some("impl") => has_body,
        Some("trait" | "fn" | "const") => true,
        _ => false,
    }
}

/// An `impl` as its functions printed one by one, each between the same first and last lines.
fn implementation(whole: syn::ItemImpl) -> String {
    let shell = syn::ItemImpl { items: Vec::new(), ..whole.clone() };
    let around = printed(syn::Item::Impl(shell.clone()));
    let opening = around.trim_end().trim_end_matches('}');
    let mut text = format!("{opening}\n");
    let mut was_short = true;
    for (index, part) in whole.items.into_iter().enumerate() {
        let is_short = !matches!(part, syn::ImplItem::Fn(_));
        let alone = printed(syn::Item::Impl(syn::ItemImpl { items: vec![part], ..shell.clone() }));
        let body = alone.strip_prefix(opening).unwrap_or(&alone).trim_end().trim_end_matches('}');
        if index > 0 && !(was_short && is_short) {
            text.push('\n');
        }
        text.push_str(body.trim_start_matches('\n'));
        was_short = is_short;
    }
    text.push_str("}\n");
    text
}

fn printed(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] })
}
