/** A message as `grpc-message` carries it: UTF-8, percent-encoded outside of printable ASCII ("gRPC over HTTP2"). */
export function encodeStatusText(message: string): string {
  return message.toWellFormed().replace(/[^ -$&-~]+/g, encodeURIComponent);
}

/** The message that a `grpc-message` stands for; as it is if its escapes are broken, as the specification asks. */
export function decodeStatusText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
