import { createConnection } from 'node:net';
import { HOST } from './addresses.ts';

const ANSWER_MS = 2_000;
const QUIET_MS = 20;

/** Asks a Redis by its inline protocol and answers what comes back as it is. Rejects when nobody answers. */
export function askRedis(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: HOST });
    let answer = '';
    let quiet: NodeJS.Timeout | undefined;
    const late = setTimeout(() => socket.destroy(new Error(`no answer to ${command}`)), ANSWER_MS);
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
      clearTimeout(quiet);
      quiet = setTimeout(() => socket.end(), QUIET_MS);
    });
    socket.once('connect', () => socket.write(`${command}\r\n`));
    socket.once('error', reject).once('close', () => {
      clearTimeout(late);
      clearTimeout(quiet);
      resolve(answer);
    });
  });
}

/** As `askRedis`; throws when the answer is an error. */
export async function tellRedis(port: number, command: string): Promise<void> {
  const answer = await askRedis(port, command);
  if (answer.startsWith('-')) throw new Error(`${command}: ${answer.trim()}`);
}

/** Whether the answer is the one expected. A Redis that still reads its data says LOADING. */
export async function redisSays(port: number, command: string, expected: RegExp): Promise<boolean> {
  return expected.test(await askRedis(port, command));
}
