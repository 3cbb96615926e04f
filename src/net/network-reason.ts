import { printable } from '../util/printable.ts';
import { reasonOf } from '../util/reason-of.ts';

const noTls = 'it does not speak TLS, or no version of it that both sides allow';
const oldTls = 'it speaks only versions of TLS that are older than tls.min_version allows';
const noHandshake = 'it refused the handshake: it wants our certificate (tls.cert_file) or another cipher';

/** OpenSSL's reasons behind a code that says only that TLS failed. */
const handshake: readonly (readonly [RegExp, string])[] = [
  [/alert protocol version|unsupported protocol/, oldTls],
  [/alert handshake failure/, noHandshake],
];

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the host does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; name it in tls.ca_file to trust it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not trusted; name it in tls.ca_file to trust it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not trusted; name it in tls.ca_file to trust it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not trusted; name it in tls.ca_file to trust it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name; see tls.server_name_override',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; are both clocks right?',
  EPROTO: noTls,
  ERR_SSL_UNSUPPORTED_PROTOCOL: oldTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: oldTls,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: noHandshake,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it asks for our certificate; see tls.cert_file',
  ERR_HTTP2_ERROR: 'it does not speak HTTP/2; is it a port for gRPC',
  HPE_HEADER_OVERFLOW: 'the headers of its answer have no end',
  HPE_INVALID_CONSTANT: 'it does not answer in HTTP; is it https:// or another port',
};

/** Why no answer came from `url`, for a person: what happened, and the code to search for. */
export function networkReason(error: unknown, url: string): string {
  const code = codeOf(error);
  const message = reasonOf(error);
  const known = code === undefined ? undefined : sentences[code];
  const closer = code === 'EPROTO' ? handshake.find(([said]) => said.test(message))?.[1] : undefined;
  const sentence = closer ?? known ?? printable(message);
  return `no answer from ${url}: ${sentence}${code === undefined ? '' : ` (${code})`}`;
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
