//! HTML: texts that stay texts, and pages that look alike.

/// A text as it stands in HTML, between tags and in attributes within quotes.
///
/// ```
/// use github_apps::manifest::escape;
///
/// assert_eq!(escape(r#"</form> & "it's""#), "&lt;/form&gt; &amp; &quot;it&#39;s&quot;");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // No character of HTML, also where its number is spelled out.
            '\0' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A page in the same dress as that of a [`super::Form`], light or dark, for what comes before and after it.
///
/// The title is a text, the content is HTML: [`escape`] what comes from elsewhere. It runs no script and loads nothing.
///
/// ```
/// let page = github_apps::manifest::page("Done & dusted", "<p>The app is registered.</p>");
/// assert!(page.contains("<h1>Done &amp; dusted</h1>\n<p>The app is registered.</p>"));
/// ```
#[must_use]
pub fn page(title: &str, content: &str) -> String {
    // The page to which GitHub brings people back has a code in its URL. `no-referrer` would hide it as well, but then a form
    // comes from the origin `null`, which servers may refuse.
    let (title, style) = (escape(title), include_str!("page.css"));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"strict-origin\">\n<title>{title}</title>\n<style>\n{style}</style>\n\
         <main>\n<h1>{title}</h1>\n{content}\n</main>\n</html>\n"
    )
}
