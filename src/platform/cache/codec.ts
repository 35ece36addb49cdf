/** How a value becomes bytes and comes back. `decode` may throw: then what was kept counts as gone. */
export interface Codec<Value> {
  encode(value: Value): Uint8Array;
  decode(bytes: Uint8Array): Value;
}

/** JSON in UTF-8. What is decoded is not checked: the space's name carries a version, so that no other form lies in it. */
export function jsonCodec<Value>(): Codec<Value> {
  return {
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) =>
      JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as Value,
  };
}
