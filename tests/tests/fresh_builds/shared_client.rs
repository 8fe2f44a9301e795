//! A client and its credential for the operations of two crates, which share a runtime.

use std::fs;

use octogen::command::write_crate;

use super::server::serve;
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

    let (url, received) = serve(|request| {
        let json = match request.path.split('/').nth(1) {
            Some("pets") => r#"{"name":"Ada"}"#,
            Some("orders") => r#"{"state":"paid"}"#,
            _ => "[]",
        };
        ("application/json", json.into())
    });
    let printed = cargo(&top.join("program")).succeed(&["run", "--quiet", "--", &url]);
    assert_eq!(printed, "Ada paid\n");
    let sent: Vec<_> = received.try_iter().map(|request| (request.path, request.credentials.join(", "))).collect();
    let expected = [
        ("/pets/7", "authorization: Bearer my-token"),
        ("/orders/7", "authorization: Bearer my-token"),
        ("/stock", "x-key: my-key"),
        ("/pets/8", "authorization: Bearer one"),
        ("/orders/8", "authorization: Bearer two"),
    ];
    assert_eq!(sent, expected.map(|(path, credential)| (path.to_owned(), credential.to_owned())));
}
