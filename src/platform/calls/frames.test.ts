import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { type Frame, frameReader, frameWriter, LARGEST_PAYLOAD_BYTES } from './frames.ts';

async function written(frames: readonly { readonly id: number; readonly payload: string }[]): Promise<Buffer[]> {
  const connection = new PassThrough();
  const parts: Buffer[] = [];
  connection.on('data', (part: Buffer) => parts.push(part));
  const write = frameWriter(connection);
  for (const { id, payload } of frames) write(id, payload);
  await setImmediate();
  await setImmediate();
  return parts;
}

describe('frames', () => {
  it('come out as they went in, wherever the bytes are cut', async () => {
    const someFrames = fc.array(fc.record({ id: fc.nat(2 ** 32 - 1), payload: fc.string({ unit: 'grapheme' }) }));
    await fc.assert(
      fc.asyncProperty(someFrames, fc.array(fc.integer({ min: 1, max: 9 })), async (frames, cuts) => {
        const bytes = Buffer.concat(await written(frames));
        const heard: Frame[] = [];
        const read = frameReader((frame) => heard.push({ ...frame, payload: Buffer.from(frame.payload) }));
        let from = 0;
        for (let turn = 0; from < bytes.length; turn += 1) {
          const to = from + (cuts[turn % cuts.length] ?? bytes.length);
          read(bytes.subarray(from, to));
          from = to;
        }
        assert.deepEqual(
          heard.map(({ id, payload }) => ({ id, payload: payload.toString() })),
          frames.map(({ id, payload }) => ({ id, payload: Buffer.from(payload).toString() })),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('refuse what nobody may send', () => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(LARGEST_PAYLOAD_BYTES + 1, 0);
    assert.throws(() => frameReader(() => undefined)(head), RangeError);
  });

  it('are not written to a connection that has ended', async () => {
    const connection = new PassThrough();
    connection.destroy();
    frameWriter(connection)(1, 'lost');
    await setImmediate();
  });
});
