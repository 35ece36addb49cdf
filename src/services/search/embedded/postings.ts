import { growing } from './growing.ts';

/**
 * Which documents a term is in, and how much it weighs there: lists of numbers `document * 256 + weight`, each kept in blocks
 * that double, all in one arena, so that a term that occurs once costs a few bytes and a frequent one is read in long strides.
 */
export interface Postings {
  /** A new, empty list; answers its number. */
  open(): number;
  /** Documents of a list only grow. Document below 2^24, weight below 256. */
  append(list: number, document: number, weight: number): void;
  size(list: number): number;
  /** Hands over the list's entries, block by block, in order; `visit` answers false to stop. */
  read(list: number, visit: (arena: Uint32Array, from: number, to: number) => boolean | undefined): void;
}

const CHUNK = 1 << 18;
const FIRST_BLOCK = 2;
const LARGEST_BLOCK = 1_024;

/** An arena without lists. */
export function createPostings(): Postings {
  const chunks: Uint32Array[] = [];
  let used = CHUNK;
  const heads = growing(Uint32Array);
  const tails = growing(Uint32Array);
  const tailCapacities = growing(Uint16Array);
  /** Places left in the tail block. */
  const room = growing(Uint16Array);
  const sizes = growing(Uint32Array);

  /** A block is its successor's address (0: none), then its entries. Address 0 is never handed out. */
  function allocate(entries: number): number {
    if (used + entries + 1 > CHUNK) {
      chunks.push(new Uint32Array(CHUNK));
      used = chunks.length === 1 ? 1 : 0;
    }
    const address = (chunks.length - 1) * CHUNK + used;
    used += entries + 1;
    return address;
  }

  const chunkOf = (address: number) => chunks[address >>> 18] as Uint32Array;

  function addBlock(list: number): void {
    const tail = tails.values[list] as number;
    const capacity = tail === 0 ? FIRST_BLOCK : Math.min((tailCapacities.values[list] as number) * 2, LARGEST_BLOCK);
    const block = allocate(capacity);
    if (tail === 0) heads.values[list] = block;
    else chunkOf(tail)[tail & (CHUNK - 1)] = block;
    tails.values[list] = block;
    tailCapacities.values[list] = capacity;
    room.values[list] = capacity;
  }

  return {
    open() {
      heads.push(0);
      tails.push(0);
      tailCapacities.push(0);
      room.push(0);
      sizes.push(0);
      return heads.length - 1;
    },
    append(list, document, weight) {
      if (room.values[list] === 0) addBlock(list);
      const tail = tails.values[list] as number;
      const left = room.values[list] as number;
      const place = (tailCapacities.values[list] as number) - left;
      chunkOf(tail)[(tail & (CHUNK - 1)) + 1 + place] = document * 256 + weight;
      room.values[list] = left - 1;
      sizes.values[list] = (sizes.values[list] as number) + 1;
    },
    size: (list) => sizes.values[list] as number,
    read(list, visit) {
      let left = sizes.values[list] as number;
      let address = heads.values[list] as number;
      for (let capacity = FIRST_BLOCK; left > 0; capacity = Math.min(capacity * 2, LARGEST_BLOCK)) {
        const chunk = chunkOf(address);
        const start = address & (CHUNK - 1);
        const count = Math.min(left, capacity);
        if (visit(chunk, start + 1, start + 1 + count) === false) return;
        left -= count;
        address = chunk[start] as number;
      }
    },
  };
}
