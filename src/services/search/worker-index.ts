import { Worker } from 'node:worker_threads';
import type { Logger } from '../../platform/telemetry/port.ts';
import type { IndexEntry, SearchIndex, SkuAvailability } from './port.ts';
import type { Ask, AskMessage, Reply, ReplyMessage } from './worker-messages.ts';

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (fault: Error) => void;
}

/** An index in a worker of its own. */
export interface WorkerIndex extends SearchIndex {
  /** Heap and buffers of the worker, in bytes; 0 while there is none. */
  memoryBytes(): Promise<number>;
}

/** The old space a worker may take before it is stopped, in MB: several times what 100,000 products need. */
const MOST_MEGABYTES = 1_024;

/**
 * The embedded index in a worker thread of its own, so that a slow query stalls nobody. When the worker dies, what waits for it
 * fails, a new and empty one takes its place, and `onLost` is called to have it filled again. `mostMegabytes` bounds its heap.
 */
export function createWorkerIndex(logger: Logger, onLost: () => void, mostMegabytes = MOST_MEGABYTES): WorkerIndex {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closed = false;
  let size = 0;
  let worker = spawn();

  function spawn(): Worker {
    const spawned = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    spawned.unref();
    spawned.on('message', (message: ReplyMessage) => {
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      if ('fault' in message) waiter?.reject(new Error(`the search index failed: ${message.fault}`));
      else waiter?.resolve(message.reply);
    });
    spawned.on('error', (error) => logger.error({ err: error }, 'the search index died'));
    spawned.on('exit', () => replace(spawned));
    return spawned;
  }

  function replace(dead: Worker): void {
    for (const waiter of waiting.values()) waiter.reject(new Error('the search index died'));
    waiting.clear();
    if (closed || dead !== worker) return;
    worker = spawn();
    size = 0;
    onLost();
  }

  function ask(question: Ask): Promise<Reply> {
    if (closed) return Promise.reject(new Error('the search index is closed'));
    return new Promise((resolve, reject) => {
      const message: AskMessage = { id: ++lastId, ask: question };
      waiting.set(message.id, { resolve, reject });
      worker.postMessage(message);
    });
  }

  async function write(question: Exclude<Ask, { kind: 'search' }>) {
    const reply = await ask(question);
    if (reply.kind !== 'health') throw new TypeError('the search index answered something else');
    size = reply.size;
    return reply;
  }

  const putBuilding = (entries: readonly IndexEntry[]) => write({ kind: 'put', entries, only: 'building' });
  const stockBuilding = (changes: readonly SkuAvailability[]) => write({ kind: 'stock', changes, only: 'building' });

  return {
    put: async (entries) => (await write({ kind: 'put', entries })).health,
    remove: async (productId, version) => (await write({ kind: 'remove', productId, version })).health,
    setAvailability: async (changes) => (await write({ kind: 'stock', changes })).health,
    async replaceAll({ availability, entries }) {
      await write({ kind: 'begin' });
      try {
        for await (const some of availability) await stockBuilding(some);
        for await (const some of entries) await putBuilding(some);
        return (await write({ kind: 'change_over' })).size;
      } catch (error) {
        await write({ kind: 'abandon' }).catch(() => undefined);
        throw error;
      }
    },
    // The worker takes what it is sent one by one: a search sees every write before it.
    refreshed: () => Promise.resolve(),
    size: () => size,
    async memoryBytes() {
      const heap = await worker.getHeapStatistics().catch(() => undefined);
      return heap === undefined ? 0 : heap.total_physical_size + heap.external_memory;
    },
    async search(request) {
      const reply = await ask({ kind: 'search', request });
      if (reply.kind !== 'answer') throw new TypeError('the search index answered something else');
      return reply.answer;
    },
    async close() {
      closed = true;
      await worker.terminate();
    },
  };
}
