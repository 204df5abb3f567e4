//! Hostile answers.

use super::{KEY, answering, sent};

#[test]
fn the_key_is_removed_from_an_answer_that_repeats_it() {
    let answers = [
        format!(
            "HTTP/1.1 401 No\r\nContent-Type: x/{KEY}\r\nRetry-After: {KEY}\r\n\r\n[\"{KEY}\", \"{KEY}\"]"
        ),
        // Cut within the key.
        format!("HTTP/1.1 400 No\r\nContent-Length: 1000\r\n\r\nno: {}", KEY.get(..KEY.len() - 1).unwrap()),
    ];
    for answer in answers {
        let (environment, _server) = answering(answer);
        let shown = format!("{:?}", sent(&environment).unwrap());
        assert!(!shown.contains("sei-planted"), "{shown}");
        assert!(shown.contains("••••••"), "{shown}");
    }
}
