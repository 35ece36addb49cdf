/**
 * Bytes that can be made again, kept because making them is dear: encoded pictures. Whatever is kept may be gone the next time,
 * the least recently asked for first; what is answered is what was put. Keys are letters, digits, `.`, `_` and `-`.
 */
export interface BlobCache {
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
}
