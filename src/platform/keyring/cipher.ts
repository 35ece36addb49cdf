import { createCipheriv, createDecipheriv } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const KEY_BYTES = 32;

/** Encrypts with AES-256-GCM, bound to `context`: base64 of nonce, tag and ciphertext. `nonce` must never repeat for a key. */
export function encrypt(key: Uint8Array, plain: string, context: string, nonce: Uint8Array): string {
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

/** Reverses `encrypt`. Throws when the text, the key or the context is not the one it was made with. */
export function decrypt(key: Uint8Array, text: string, context: string): string {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

export function freshNonce(random: { bytes(count: number): Uint8Array }): Uint8Array {
  return random.bytes(NONCE_BYTES);
}
