//! The manifest, word for word. What stands here is a promise to everyone who installed the
//! extension: a permission more switches it off for them until they agree.

use serde_json::{Value, json};

use crate::house_files::{root, text};

fn manifest() -> Value {
    serde_json::from_str(&text("manifest.json")).expect("manifest.json is JSON")
}

#[test]
fn is_pinned() {
    let money_and_account = ["payment_schedule*", "direct_deposit*", "account*"];
    let left_out: Vec<String> = ["https://worker.mturk.com/", "https://workersandbox.mturk.com/"]
        .iter()
        .flat_map(|site| money_and_account.map(|page| format!("{site}{page}")))
        .collect();
    let expected = json!({
        "manifest_version": 3,
        "name": "Wagelight",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "__MSG_appDescription__",
        "default_locale": "en",
        // Uint8Array.fromBase64, by which the content script gets the core's bytes.
        "minimum_chrome_version": "140",
        "browser_specific_settings": {
            "gecko": {
                "id": "wagelight@wagelight.org",
                // data_collection_permissions, on the desktop from 140, on Android from 142.
                "strict_min_version": "142.0",
                "data_collection_permissions": { "required": ["none"] }
            }
        },
        "icons": {
            "16": "icons/16.png", "32": "icons/32.png", "48": "icons/48.png", "128": "icons/128.png"
        },
        "permissions": ["storage", "unlimitedStorage", "alarms", "idle", "scripting"],
        "host_permissions": ["https://worker.mturk.com/*", "https://workersandbox.mturk.com/*"],
        // Asked for one by one, when somebody switches on another site or a rating service.
        "optional_host_permissions": ["https://*/*"],
        "content_scripts": [{
            "matches": ["https://worker.mturk.com/*", "https://workersandbox.mturk.com/*"],
            "exclude_matches": left_out,
            "js": [
                "core.js", "host.js", "collect.js", "draw.js", "chips.js", "card.js", "overlay.js", "watch.js", "record.js",
                "clock.js", "fetch.js", "content.js"
            ],
            "run_at": "document_start",
            "all_frames": false
        }],
        "background": { "service_worker": "background.js", "scripts": ["background.js"], "type": "module" },
        "action": {
            "default_title": "Wagelight",
            "default_popup": "pages/popup.html",
            "default_icon": { "16": "icons/16.png", "32": "icons/32.png", "48": "icons/48.png" }
        },
        "options_ui": { "page": "pages/options.html", "open_in_tab": true },
        // The browser itself keeps the promise that nothing is sent: connect-src is our own package.
        "content_security_policy": {
            "extension_pages": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; \
                object-src 'none'; base-uri 'none'; form-action 'none'"
        }
    });
    assert_eq!(manifest(), expected);
}

#[test]
fn nothing_is_web_accessible() {
    let manifest = manifest();
    for key in ["web_accessible_resources", "externally_connectable", "update_url", "key"] {
        assert_eq!(manifest.get(key), None, "{key}");
    }
}

#[test]
fn every_named_file_exists() {
    let manifest = manifest();
    let mut named = vec!["/action/default_popup", "/options_ui/page", "/background/service_worker"]
        .into_iter()
        .filter_map(|pointer| manifest.pointer(pointer)?.as_str())
        .collect::<Vec<_>>();
    let lists = ["/content_scripts/0/js", "/background/scripts"];
    named.extend(
        lists
            .iter()
            .filter_map(|list| manifest.pointer(list)?.as_array())
            .flatten()
            .filter_map(Value::as_str),
    );
    let icons = ["/icons", "/action/default_icon"];
    named.extend(
        icons
            .iter()
            .filter_map(|set| manifest.pointer(set)?.as_object())
            .flat_map(|set| set.values())
            .filter_map(Value::as_str),
    );
    assert_eq!(named.len(), 3 + 12 + 1 + 4 + 3, "{named:?}");
    for name in named {
        assert!(root().join("extension").join(name).is_file(), "manifest.json names {name}");
    }
}

#[test]
fn every_message_is_translated() {
    let messages: Value = serde_json::from_str(&text("extension/_locales/en/messages.json")).expect("JSON");
    let manifest = text("manifest.json");
    let keys: Vec<&str> =
        manifest.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next()).collect();
    assert!(!keys.is_empty());
    for key in keys {
        let message = messages.get(key).and_then(|entry| entry.get("message")).and_then(Value::as_str);
        assert!(
            message.is_some_and(|message| !message.is_empty() && message.len() <= 132),
            "{key}: {message:?}"
        );
    }
}
