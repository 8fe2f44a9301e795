//! Renders HTML.

/// Escapes a text for HTML, both between tags and in quoted attributes. Use it for text from elsewhere in a page of the
/// app's registration.
///
/// ```
/// use github_apps::manifest::escape_html;
///
/// assert_eq!(escape_html(r#"</form> & "it's""#), "&lt;/form&gt; &amp; &quot;it&#39;s&quot;");
/// ```
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // HTML has no such character, not even as a numeric reference.
            '\0' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Renders an HTML page with a title and a content, in the style of [`Form::page`](super::Form::page), light or dark.
/// Use it for other pages of the app's registration, such as the one after its end.
///
/// The title is text and the content is HTML. Use [`escape_html`] for texts from elsewhere. The page runs no script and
/// loads nothing.
///
/// ```
/// let page = github_apps::manifest::render_page("Done & dusted", "<p>The app is registered.</p>");
/// assert!(page.contains("<h1>Done &amp; dusted</h1>\n<p>The app is registered.</p>"));
/// ```
#[must_use]
pub fn render_page(title: &str, content: &str) -> String {
    // The URL of the callback page contains a code, which `strict-origin` hides. `no-referrer` would hide it too, but then
    // forms have the origin `null`, which servers may refuse.
    let (title, style) = (escape_html(title), include_str!("page.css"));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"strict-origin\">\n<title>{title}</title>\n<style>\n{style}</style>\n\
         <main>\n<h1>{title}</h1>\n{content}\n</main>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        for (text, escaped) in [
            ("plain é 🦀", "plain é 🦀"),
            ("<a href='x'>", "&lt;a href=&#39;x&#39;&gt;"),
            ("\"&amp;\"", "&quot;&amp;amp;&quot;"),
            ("a\0b", "a\u{fffd}b"),
        ] {
            assert_eq!(escape_html(text), escaped);
        }
    }

    #[test]
    fn a_page_escapes_its_title_and_keeps_its_content() {
        let page = render_page("<b>", "<p>a</p>");
        assert!(page.contains("<title>&lt;b&gt;</title>") && page.contains("<h1>&lt;b&gt;</h1>\n<p>a</p>"));
    }
}
