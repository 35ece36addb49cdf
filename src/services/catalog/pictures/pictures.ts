import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { BlobCache } from '../../../platform/blob-cache/port.ts';
import type { Logger } from '../../../platform/telemetry/port.ts';
import { ENCODING, encode as encodeWithCodec } from './encode.ts';
import type { Form } from './forms.ts';
import { turns } from './turns.ts';

/** A drawing, and the version of it and of how it is encoded: other bytes, other version. */
export interface Drawn {
  readonly svg: string;
  readonly version: string;
}

export interface Pictures {
  /** Undefined where there is no such picture. */
  drawn(subject: string, name: string): Drawn | undefined;
  /** The drawing in a form. Made once, whoever asks meanwhile; rejects with NoTurn when too many wait for theirs. */
  rendition(drawn: Drawn, form: Form): Promise<Uint8Array>;
}

interface PicturesParts {
  readonly draw: (subject: string, name: string) => string | undefined;
  /** Where renditions outlive the process. */
  readonly blobs: BlobCache;
  readonly logger: Logger;
  readonly encode?: typeof encodeWithCodec;
  /** Of renditions kept in memory. Default 24 MB. */
  readonly memoryBytes?: number;
}

const DRAWINGS_BYTES = 8_000_000;
const RENDITIONS_BYTES = 24_000_000;

/** Pictures as drawings and as pixels: from memory, else from where they are kept, else made, two at a time. */
export function createPictures(parts: PicturesParts): Pictures {
  const { draw, blobs, logger, encode = encodeWithCodec, memoryBytes = RENDITIONS_BYTES } = parts;
  const drawings = new LRUCache<string, Drawn>({
    maxSize: DRAWINGS_BYTES,
    sizeCalculation: ({ svg }) => svg.length + 1,
  });
  const inMemory = new LRUCache<string, Uint8Array>({
    maxSize: memoryBytes,
    sizeCalculation: ({ byteLength }) => byteLength + 1,
  });
  const underWay = new Map<string, Promise<Uint8Array>>();
  const inTurn = turns({ concurrent: 2, queued: 256 });
  const { kept, keep } = forgiving(blobs, logger);

  async function make(key: string, svg: string, form: Form): Promise<Uint8Array> {
    const found = await kept(key);
    const bytes = found ?? (await inTurn(() => encode(svg, form)));
    inMemory.set(key, bytes);
    if (found === undefined) keep(key, bytes);
    return bytes;
  }

  return {
    drawn(subject, name) {
      const key = `${subject}/${name}`;
      const known = drawings.get(key);
      if (known !== undefined) return known;
      const svg = draw(subject, name);
      if (svg === undefined) return undefined;
      const made = { svg, version: versionOf(svg) };
      drawings.set(key, made);
      return made;
    },
    async rendition({ svg, version }, form) {
      const key = `${version}.${form.name}`;
      const ready = inMemory.get(key);
      if (ready !== undefined) return ready;
      const running = underWay.get(key) ?? make(key, svg, form).finally(() => underWay.delete(key));
      underWay.set(key, running);
      return running;
    },
  };
}

/** A disk that is full or broken costs time, not pictures. */
function forgiving(blobs: BlobCache, logger: Logger) {
  const failed = (error: unknown) => {
    logger.warn({ err: error }, 'encoded pictures cannot be kept, they are made again');
    return undefined;
  };
  return {
    kept: (key: string) => blobs.get(key).catch(failed),
    keep(key: string, bytes: Uint8Array) {
      blobs.put(key, bytes).catch(failed);
    },
  };
}

const ENCODED = JSON.stringify(ENCODING);

function versionOf(svg: string): string {
  return createHash('sha256').update(ENCODED).update(svg).digest('base64url').slice(0, 16);
}
