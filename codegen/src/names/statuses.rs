//! Words for statuses of HTTP.

use crate::ir::Status;

/// Returns the reason phrase of a status from RFC 9110, or its number.
pub(super) fn reason_phrase(status: Status) -> String {
    let Status::Code(code) = status else {
        return match status {
            Status::Range(digit) => format!("status {digit}xx"),
            _ => String::from("other"),
        };
    };
    let phrase = match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative information",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        409 => "conflict",
        410 => "gone",
        412 => "precondition failed",
        413 => "content too large",
        415 => "unsupported media type",
        422 => "unprocessable content",
        429 => "too many requests",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        _ => return format!("status {code}"),
    };
    phrase.to_owned()
}
