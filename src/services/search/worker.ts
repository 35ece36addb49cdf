import { parentPort } from 'node:worker_threads';
import { createIndexPair } from './embedded/index-pair.ts';
import type { AskMessage, ReplyMessage } from './worker-messages.ts';

const pair = createIndexPair();

parentPort?.on('message', ({ id, ask }: AskMessage) => {
  parentPort?.postMessage(replyTo(id, ask));
});

function replyTo(id: number, ask: AskMessage['ask']): ReplyMessage {
  try {
    return { id, reply: pair.answer(ask) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}
