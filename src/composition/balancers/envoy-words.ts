/** Envoy's own notation: protobuf as JSON. */

const PACKAGE = 'type.googleapis.com/envoy';

/** A part of an extension: its message by name (without the package's beginning) and its fields. */
export function typed(message: string, fields: object = {}): object {
  return { '@type': `${PACKAGE}.${message}`, ...fields };
}

export function extension(name: string, message: string, fields: object = {}): object {
  return { name, typed_config: typed(message, fields) };
}

/** `1500` → `1.5s`. */
export function duration(ms: number): string {
  return `${ms / 1_000}s`;
}

export function address(host: string, port: number): object {
  return { address: { socket_address: { address: host.replace(/^\[|\]$/g, ''), port_value: port } } };
}
