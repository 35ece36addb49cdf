import type { HeardEvent } from '../../kernel/heard-event.ts';
import { heardOf, type Message } from '../bus/port.ts';
import type { Effects, SubscriptionSpec } from './port.ts';

/** A message with what its handler made of it. */
export interface Handled {
  readonly message: Message;
  readonly effects: Effects | undefined;
  /** Its subject waits in the hospital: it was not handled and goes there too. */
  readonly waits: boolean;
}

export interface Wave {
  /** A prefix of the messages, to be committed together. */
  readonly handled: readonly Handled[];
  /** Why the message after the prefix could not be handled; undefined when the prefix ends for another reason. */
  readonly trouble?: { readonly unreadable: string } | { readonly fault: unknown };
}

/**
 * Hears messages from the first on, several at a time, as far as they may be committed together: up to the first that cannot
 * be handled, and up to a second message of a subject where one of the two is handled asynchronously, for its handler may read
 * what the first one is about to write.
 */
export async function handleWave(
  messages: readonly Message[],
  on: SubscriptionSpec['on'],
  waitsFor: (subject: string) => boolean,
  concurrency: number,
): Promise<Wave> {
  const handled: Handled[] = [];
  const asynchronous = new Set<string>();
  const changed = new Set<string>();
  const running = new Set<Promise<void>>();
  let trouble: Wave['trouble'];
  let end = Number.POSITIVE_INFINITY;
  const failedAt = (index: number, why: NonNullable<Wave['trouble']>) => {
    if (index >= end) return;
    end = index;
    trouble = why;
  };

  for (const [index, message] of messages.entries()) {
    if (index >= end || asynchronous.has(message.subject)) break;
    if (waitsFor(message.subject)) {
      handled.push({ message, effects: undefined, waits: true });
      continue;
    }
    if (message.unreadable !== undefined) {
      failedAt(index, { unreadable: message.unreadable });
      break;
    }
    const answer = hear(on, heardOf(message));
    if ('fault' in answer) {
      failedAt(index, answer);
      break;
    }
    if (!(answer.effects instanceof Promise)) {
      handled.push({ message, effects: answer.effects, waits: false });
      if (answer.effects !== undefined) changed.add(message.subject);
      continue;
    }
    if (changed.has(message.subject)) {
      await Promise.allSettled([answer.effects]);
      break;
    }
    asynchronous.add(message.subject);
    handled.push({ message, effects: undefined, waits: false });
    const task: Promise<void> = answer.effects
      .then(
        (effects) => {
          handled[index] = { message, effects, waits: false };
        },
        (fault: unknown) => failedAt(index, { fault }),
      )
      .finally(() => running.delete(task));
    running.add(task);
    if (running.size >= concurrency) await Promise.race(running);
  }
  await Promise.all(running);
  const prefix = handled.slice(0, end);
  return trouble === undefined ? { handled: prefix } : { handled: prefix, trouble };
}

type Answer = { readonly effects: Effects | undefined | Promise<Effects | undefined> } | { readonly fault: unknown };

function hear(on: SubscriptionSpec['on'], event: HeardEvent): Answer {
  try {
    return { effects: on[event.type]?.(event) };
  } catch (fault) {
    return { fault };
  }
}
