use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// The file, read.
pub struct Document(Value);

impl Document {
    pub fn read() -> Self {
        let text = include_str!("../../../../docs/openapi.json");
        Self(serde_json::from_str(text).expect("docs/openapi.json is JSON"))
    }

    pub fn schemas(&self) -> BTreeSet<&str> {
        let schemas = object(&self.0["components"]["schemas"]);
        schemas.keys().map(String::as_str).collect()
    }

    /// The names of a schema's properties.
    pub fn properties(&self, name: &str) -> BTreeSet<String> {
        object(&self.schema(name)["properties"]).keys().cloned().collect()
    }

    pub fn required(&self, name: &str) -> BTreeSet<String> {
        texts(&self.schema(name)["required"])
    }

    pub fn schema(&self, name: &str) -> &Value {
        let schema = &self.0["components"]["schemas"][name];
        assert!(schema.is_object(), "there is no schema {name}");
        schema
    }

    pub fn validator(&self, name: &str) -> Validator {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("#/components/schemas/{name}"),
            "components": self.0["components"],
        });
        jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The name of the schema of what a path is sent.
    pub fn body(&self, method: &str, path: &str) -> &str {
        let content = &self.0["paths"][path][method]["requestBody"]["content"];
        let schema = content["application/json"]["schema"]["$ref"].as_str();
        let name = schema.and_then(|reference| reference.rsplit('/').next());
        name.unwrap_or_else(|| panic!("{method} {path} is sent nothing"))
    }

    /// Each answer of each path: where it stands, its status, and the answer itself.
    pub fn answers(&self) -> Vec<(String, String, &Value)> {
        let mut answers = vec![];
        for (path, methods) in object(&self.0["paths"]) {
            for (method, operation) in object(methods) {
                for (status, answer) in object(&operation["responses"]) {
                    let place = format!("{method} {path}");
                    answers.push((place, status.clone(), self.resolved(answer)));
                }
            }
        }
        answers
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.follow(reference).expect("the reference leads somewhere"),
            None => value,
        }
    }

    pub fn follow(&self, reference: &str) -> Option<&Value> {
        self.0.pointer(reference.strip_prefix('#')?)
    }

    pub fn references(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        collect(&self.0, &mut found);
        found
    }

    /// All components, as references name them.
    pub fn components(&self) -> BTreeSet<String> {
        let kinds = object(&self.0["components"]).iter();
        kinds
            .flat_map(|(kind, all)| {
                let names = object(all).keys();
                names.map(move |name| format!("#/components/{kind}/{name}"))
            })
            .collect()
    }
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|inner| collect(inner, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| collect(inner, found)),
        _ => {}
    }
}

pub fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}"))
}

/// The texts of a list; none where there is no list.
pub fn texts(value: &Value) -> BTreeSet<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
