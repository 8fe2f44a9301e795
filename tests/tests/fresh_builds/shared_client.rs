//! A client and its credential for the operations of two crates, which share a runtime.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use octogen::command::write_crate;

use super::set_ups::{arguments, program, write};
use super::{cargo, folder};

const PETS: &str = r##"openapi: 3.1.0
info: { title: My API, version: "1" }
security: [{ token: [] }]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  schemas: { Pet: { type: object, required: [name], properties: { name: { type: string } } } }
"##;

const SHOP: &str = r##"openapi: 3.1.0
info: { title: Shop, version: "1" }
security: [{ account: [] }]
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } } }
  /stock:
    get:
      operationId: getStock
      security: [{ key: [] }]
      responses: { "200": { content: { application/json: { schema: { type: array, items: { type: string } } } } } }
components:
  securitySchemes: { account: { type: http, scheme: bearer }, key: { type: apiKey, in: header, name: X-Key } }
  schemas: { Order: { type: object, required: [state], properties: { state: { type: string } } } }
"##;

/// A program with the code of the guide. It also sends another credential with the same client.
const PROGRAM: &str = r#"#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("the first argument is the address of the server")?;
    GUIDE
    println!("{} {}", pet.name, order.state);
    let client = client.with_credential(my_api::security::Token::new("one"));
    client.send(my_api::endpoints::GetPet::new(8)).await?;
    let client = client.with_credential(shop::security::Account::new("two"));
    client.send(shop::endpoints::GetOrder::new(8)).await?;
    Ok(())
}
"#;

/// The dependencies of the program. The features of tokio are those of the other programs, so that it is compiled once.
const DEPENDENCIES: &str = r#"my-api.path = "../my-api"
shop.path = "../shop"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }

[workspace]
"#;

#[test]
fn a_crate_over_the_runtime_of_another_one_shares_its_client_and_credential() {
    let top = folder("shared-client");
    for (name, document, runtime) in [("my-api", PETS, None), ("shop", SHOP, Some("my-api/runtime"))] {
        let file = top.join(format!("{name}.yaml"));
        write(&file, document);
        let mut crate_arguments = arguments(&file, name, top.join(name));
        crate_arguments.stand_alone = true;
        crate_arguments.runtime = runtime.map(|path| top.join(path).display().to_string());
        write_crate(&crate_arguments).expect("the document has no error");
    }
    let guide = fs::read_to_string(xtask::root().join("codegen/README.md")).expect("readable");
    let blocks = guide.split("```rust,ignore\n").skip(1).filter_map(|rest| rest.split("```").next());
    let code: Vec<&str> = blocks.filter(|code| code.contains("shop::")).collect();
    let code = code.concat().replace("\"https://example.com\"", "url.as_str()");
    program(&top.join("program"), DEPENDENCIES, &PROGRAM.replace("GUIDE", &code));

    let (url, received) = serve();
    let printed = cargo(&top.join("program")).succeed(&["run", "--quiet", "--", &url]);
    assert_eq!(printed, "Ada paid\n");
    let bearer = |path: &str, token: &str| (path.to_owned(), vec![format!("authorization: Bearer {token}")]);
    let expected = [
        bearer("/pets/7", "my-token"),
        bearer("/orders/7", "my-token"),
        ("/stock".to_owned(), vec!["x-key: my-key".to_owned()]),
        bearer("/pets/8", "one"),
        bearer("/orders/8", "two"),
    ];
    assert_eq!(received.try_iter().collect::<Vec<_>>(), expected);
}

/// The path of a request, and those of its headers that can have a credential.
type Received = (String, Vec<String>);

/// Answers requests until the test ends. Returns the address of the server, and the requests.
fn serve() -> (String, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("the listener has an address"));
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let one = answer(stream.expect("the program connects")).expect("the program sends a request");
            if sender.send(one).is_err() {
                return;
            }
        }
    });
    (url, received)
}

fn answer(mut stream: TcpStream) -> std::io::Result<Received> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let head: Vec<String> = lines.take_while(|line| !matches!(line.as_deref(), Ok(""))).collect::<Result<_, _>>()?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let json = match path.split('/').nth(1) {
        Some("pets") => r#"{"name":"Ada"}"#,
        Some("orders") => r#"{"state":"paid"}"#,
        _ => "[]",
    };
    let length = json.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{json}"
    )?;
    let credentials = head.into_iter().filter(|line| line.starts_with("authorization:") || line.starts_with("x-key:"));
    Ok((path, credentials.collect()))
}
