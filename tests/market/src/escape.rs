//! HTML as Rails writes it, and react-rails roots.

/// Escapes `& < > " '` as `ERB::Util.html_escape` does.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Undoes [`html`]: what `getAttribute` gives for an attribute written with it.
pub fn unescape(text: &str) -> String {
    // `&amp;` last: otherwise `&amp;lt;` would become `<`.
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The value of `data-react-class` for a component, before escaping.
pub fn react_class(component: &str) -> String {
    format!("require('reactComponents/{component}')['default']")
}

/// A react-rails root: `tag` with the component's class, its props as escaped JSON, and what is drawn in it.
pub fn react_root(tag: &str, component: &str, props: &str, inner: &str) -> String {
    let class = html(&react_class(component));
    let props = html(props);
    format!("<{tag} data-react-class=\"{class}\" data-react-props=\"{props}\">{inner}</{tag}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_written_as_rails_writes_it() {
        // The shape of a recorded root, with words of our own.
        let root =
            react_root("div", "alert/Alert", r#"{"message":"Go <a href=\"/projects\">there</a>."}"#, "");
        assert_eq!(
            root,
            "<div data-react-class=\"require(&#39;reactComponents/alert/Alert&#39;)[&#39;default&#39;]\" \
             data-react-props=\"{&quot;message&quot;:&quot;Go &lt;a href=\\&quot;/projects\\&quot;&gt;there&lt;/a&gt;.&quot;}\"></div>"
        );
    }

    #[test]
    fn escaping_round_trips() {
        for text in
            ["", "a & b", "&amp;", "&amp;lt;", "<img src=x onerror='x'>", "≥ 99% “é” 漢字 🎧 \u{202e}x\u{a0}"]
        {
            assert_eq!(unescape(&html(text)), text);
            assert!(!html(text).contains(['<', '>', '"', '\'']));
        }
    }
}
