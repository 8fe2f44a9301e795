use octogen_runtime::{Value, decode, encode};

use super::{JsonPath, Location};

const ANIMALS: &str = r#"{
    "o": {"j j": 3, "k.k": 4, "'": {"@": 2}, "ä": true, "☺": null},
    "a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}],
    "e": "f",
    "n": [1.0, 1e0, -0, 9007199254740993],
    "p": {"x": [1, {"y": 2}], "z": {"y": [1, {"y": 2}]}},
    "r": "[bk].*"
}"#;

/// Returns the value at a location as JSON.
fn text_at(root: &Value, location: &Location) -> String {
    let child = |value: &Value, position: &usize| match value {
        Value::Array(items) => items[*position].clone(),
        Value::Object(entries) => entries[*position].clone(),
        _ => panic!("{location:?}"),
    };
    encode(&location.iter().fold(root.clone(), |value, position| child(&value, position)))
}

#[test]
fn queries_select_values_in_order() {
    let root: Value = decode(ANIMALS.as_bytes()).unwrap();
    for (query, expected) in [
        // Names
        ("$.e", r#""f""#),
        ("$.o.ä", "true"),
        ("$.o['j j']", "3"),
        ("$.o[\"k.k\"]", "4"),
        (r#"$.o['\'']["@"]"#, "2"),
        (r#"$.o["'"]['@']"#, "2"),
        (r#"$["o"]["\u263A"]"#, "null"),
        (r#"$['\u006F']['\u00e4']"#, "true"),
        ("$.e.f", ""),
        ("$ .o\n['j j']", "3"),
        // Wildcards
        ("$.o['\\''].*", "2"),
        ("$.p[*]['y']", r#"[1,{"y":2}]"#),
        ("$.e[*]", ""),
        // Indexes and slices
        ("$.a[0]", "3"),
        ("$.a[-10]", "3"),
        ("$.a[-11]", ""),
        ("$.a[10]", ""),
        ("$.o[0]", ""),
        ("$.a[1:3]", "5 1"),
        ("$.a[ :2 ]", "3 5"),
        ("$.a[4:1:-2]", "4 1"),
        ("$.a[5::-2]", "6 2 5"),
        ("$.a[:-9:]", "3"),
        ("$.a[3:-11:-1]", "2 1 5 3"),
        ("$.a[::4]", r#"3 4 {"b":{}}"#),
        ("$.a[1:1]", ""),
        ("$.a[::0]", ""),
        ("$.a[0:9007199254740991:9007199254740991]", "3"),
        // Lists of selectors and descendants
        ("$.a[0, 0,1:2]", "3 3 5"),
        ("$['e','e']", r#""f" "f""#),
        ("$.p..y", r#"2 [1,{"y":2}] 2"#),
        ("$..[0]", "3 1.0 1 1"),
        ("$.p..*", r#"[1,{"y":2}] {"y":[1,{"y":2}]} 1 {"y":2} 2 [1,{"y":2}] 1 {"y":2} 2"#),
        ("$.p..[?@.y == 2]", r#"{"y":2} {"y":2}"#),
        // Comparisons
        ("$.a[?@.b == 'kilo']", r#"{"b":"kilo"}"#),
        ("$.a[?(@.b == \"kilo\")]", r#"{"b":"kilo"}"#),
        ("$.a[?@ > 3.5]", "5 4 6"),
        ("$.a[?@<2 || @.b==\"k\"]", r#"1 {"b":"k"}"#),
        ("$.a[?@ > 1 && @ < 4]", "3 2"),
        ("$.a[?@ >= 5]", "5 6"),
        ("$.a[?@.b >= 'k']", r#"{"b":"k"} {"b":"kilo"}"#),
        ("$.a[?@.b == $.missing]", "3 5 1 2 4 6"),
        ("$.a[?@.b != 'k' && @.b]", r#"{"b":"j"} {"b":{}} {"b":"kilo"}"#),
        ("$.a[?@.b == $.a[8].b]", r#"{"b":{}}"#),
        ("$.o[?@ == null]", "null"),
        ("$.o[?@ == true || @ == false]", "true"),
        ("$.n[?@ == 1]", "1.0 1e0"),
        ("$.n[?@ == 0]", "-0"),
        ("$.n[?@ == 9007199254740992]", ""),
        ("$.p[?@.y == $.p.x]", r#"{"y":[1,{"y":2}]}"#),
        ("$[?'f' == @]", r#""f""#),
        ("$.a[?1 < 2 && @ == 3]", "3"),
        // Tests
        ("$.a[?@.b]", r#"{"b":"j"} {"b":"k"} {"b":{}} {"b":"kilo"}"#),
        ("$.a[?!@.b]", "3 5 1 2 4 6"),
        ("$.a[?!(@ > 1) && !@.b]", "1"),
        ("$.a[?@.b || @ == 1 && @ == 2]", r#"{"b":"j"} {"b":"k"} {"b":{}} {"b":"kilo"}"#),
        ("$.a[?(@.b || @ == 1) && @ == 1]", "1"),
        ("$.p[?@[?@.y]]", r#"[1,{"y":2}]"#),
        ("$.p[?@.*]", r#"[1,{"y":2}] {"y":[1,{"y":2}]}"#),
        // Functions
        ("$.a[?match(@.b, '[jk]')]", r#"{"b":"j"} {"b":"k"}"#),
        ("$.a[?search(@.b, '[jk]')]", r#"{"b":"j"} {"b":"k"} {"b":"kilo"}"#),
        ("$.a[?match(@.b, 'k|kil')]", r#"{"b":"k"}"#),
        ("$.a[?search( @.b , $.r )]", r#"{"b":"k"} {"b":"kilo"}"#),
        ("$.a[?match(@.b, $.a)]", ""),
        ("$.a[?!match(@.b, 'k.*')]", r#"3 5 1 2 4 6 {"b":"j"} {"b":{}}"#),
        ("$.a[?length(@.b) == 4]", r#"{"b":"kilo"}"#),
        ("$[?length(@) == 3]", ""),
        ("$[?length(@) == 2]", r#"{"x":[1,{"y":2}],"z":{"y":[1,{"y":2}]}}"#),
        ("$.o[?length(@) == length(@.x)]", "3 4 true null"),
        ("$[?count(@.*) > 9]", r#"[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#),
        ("$.p[?value(@..y) == 2]", r#"[1,{"y":2}]"#),
    ] {
        let path = JsonPath::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let found: Vec<String> = path.select(&root).iter().map(|location| text_at(&root, location)).collect();
        assert_eq!(found.join(" "), expected, "{query}");
    }
}

#[test]
fn a_point_of_a_regular_expression_matches_no_end_of_a_line() {
    let root: Value = decode(br#"["a\nb", "a\rb", "a.b", "a\u2028b", "x\na.b"]"#).unwrap();
    for (query, expected) in [
        ("$[?match(@, 'a.b')]", vec![vec![2], vec![3]]),
        ("$[?search(@, 'a.b')]", vec![vec![2], vec![3], vec![4]]),
        ("$[?match(@, 'a\\\\.b')]", vec![vec![2]]),
    ] {
        assert_eq!(JsonPath::parse(query).unwrap().select(&root), expected, "{query}");
    }
}

#[test]
fn an_error_names_the_part_that_is_read() {
    let deep = format!("$[?{}@.a", "(".repeat(100));
    for (query, expected) in [
        ("", "expected `$`"),
        (" $", "expected `$`"),
        ("$ ", "after `$`: expected `.`, `..`, `[` or the end"),
        ("$.", "after `$.`: expected a name or `*`"),
        ("$.1a", "after `$.`: expected a name or `*`"),
        ("$. a", "after `$.`: expected a name or `*`"),
        ("$...a", "after `$..`: expected a name or `*`"),
        ("$./app", "after `$.`: expected a name or `*`"),
        ("$.x-y", "after `$.x`: expected `.`, `..`, `[` or the end"),
        ("$['a'", "after `$['a'`: expected `,` or `]`"),
        ("$['a", "after `$['a`: expected `'`"),
        ("$[\"\\'\"]", "after `$[\"\\`: the escape is unknown or incomplete"),
        ("$['\\uD800']", "after `$['\\uD800`: the escape is unknown or incomplete"),
        ("$['\\u00+1']", "after `$['\\u00+1`: the escape is unknown or incomplete"),
        ("$['\t']", "after `$['`: a control character is written as an escape, such as `\\n`"),
        ("$[]", "after `$[`: expected a name in quotes, an index, a slice, `*`, or a filter such as `?@.name`"),
        ("$[a]", "after `$[`: expected a name in quotes, an index, a slice, `*`, or a filter such as `?@.name`"),
        ("$[01]", "after `$[01`: expected an integer without leading zeros, from -(2^53-1) to 2^53-1"),
        ("$[-0]", "after `$[-0`: expected an integer without leading zeros, from -(2^53-1) to 2^53-1"),
        (
            "$[9007199254740992]",
            "after `$[9007199254740992`: expected an integer without leading zeros, from -(2^53-1) to 2^53-1",
        ),
        ("$[?]", "after `$[?`: expected a query with `@` or `$`, a literal or a function"),
        ("$[?@.a = 1]", "after `$[?@.a `: expected `,` or `]`"),
        ("$[?1]", "after `$[?1`: expected a comparison, such as `== 1`"),
        ("$[?@ == 01]", "after `$[?@ == 01`: the number is not one of JSON"),
        ("$[?!@.a == 1]", "after `$[?!@.a `: expected `,` or `]`"),
        ("$[?(@.a) == 1]", "after `$[?(@.a) `: expected `,` or `]`"),
        ("$[?@.* == 1]", "after `$[?@.* ==`: the query can select several values: use `value()` or `count()` of it"),
        ("$[?length(@)]", "after `$[?length(@)`: expected a comparison, such as `== 1`"),
        ("$[?match(@, 'a') == true]", "after `$[?match(@, 'a') ==`: `match()` and `search()` have no value"),
        (
            "$[?match(@, '(')]",
            "after `$[?match(@, '('`: the regular expression is invalid: found open group without closing ')'",
        ),
        ("$[?count(1) == 1]", "after `$[?count(1`: the function takes a query"),
        ("$[?length (@) == 1]", "after `$[?length`: expected a query with `@` or `$`, a literal or a function"),
        (
            "$[?size(@) == 1]",
            "after `$[?size(`: unknown function; there are `length`, `count`, `match`, `search` and `value`",
        ),
        (deep.as_str(), &format!("after `$[?{}`: more than 64 nested parentheses, filters and calls", "(".repeat(64))),
    ] {
        let error = JsonPath::parse(query).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(expected), "{query}");
    }
}
