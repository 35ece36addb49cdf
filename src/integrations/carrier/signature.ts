import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that proves a webhook: `t=<unix seconds>,v1=<hex of HMAC-SHA256 over "t.body">`. */
export const SIGNATURE_HEADER = 'carrier-signature';

const TOLERANCE_SECONDS = 300;
const SHAPE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** Signs a body at a time (ms). */
export function sign(secret: string, body: string | Buffer, at: number): string {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${macOf(secret, seconds, body).toString('hex')}`;
}

/** Whether the signature is of this body, made with our secret, within five minutes of `now` (ms). */
export function isSigned(secret: string, body: Buffer, header: string | undefined, now: number): boolean {
  const [, seconds = '', mac = ''] = SHAPE.exec(header ?? '') ?? [];
  if (mac === '' || Math.abs(now / 1_000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  return timingSafeEqual(macOf(secret, Number(seconds), body), Buffer.from(mac, 'hex'));
}

function macOf(secret: string, seconds: number, body: string | Buffer): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}
