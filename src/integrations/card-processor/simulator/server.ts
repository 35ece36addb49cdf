import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, book, refusal } from './book.ts';
import { type JournalFile, journalFile, noJournal } from './journal-file.ts';
import { calm, change } from './moods.ts';
import { reportOf } from './report.ts';
import { authorisationOf, movementOf } from './requests.ts';

const LARGEST_BODY_BYTES = 16_384;
const LOOK_AGAIN_MS = 20;

/**
 * A card processor to develop and test against. Tokens: `tok_visa` is approved, `tok_declined` declined, `tok_slow` approved
 * after a while, `tok_broken` answered 500, `tok_lost` approved with the answer lost, `tok_delayed` held until its void has
 * overtaken it; any other is declined. Plain node:http, for it stands on the path of every checkout.
 */
export function cardProcessorSimulator(options: { readonly data?: string } = {}): Server {
  const accounts = book();
  const journal: JournalFile =
    options.data === undefined ? noJournal : journalFile(options.data, (line) => accounts.replay(line));
  const moods = calm();

  function answer(response: ServerResponse, { status, body, line }: Answer): void {
    if (line === undefined) send(response, status, body);
    else journal.append(line, () => send(response, status, body));
  }

  async function authorise(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    const wish = authorisationOf(text);
    if (wish === undefined) return send(response, 400, { error: 'malformed' });
    const { source, reference } = wish;
    if (source === 'tok_broken') return send(response, 500, { error: 'internal' });
    if (source === 'tok_slow' && moods.slowMs > 0) await pause(moods.slowMs);
    if (source === 'tok_delayed') await until(() => accounts.isClosed(reference), moods.heldMs);
    const answered = accounts.authorise({ ...wish, approved: APPROVED.has(source) }, Date.now());
    if (source !== 'tok_lost' || answered.line === undefined) return answer(response, answered);
    journal.append(answered.line, () => request.socket.destroy());
  }

  function handle(request: IncomingMessage, response: ServerResponse, text: string): unknown {
    const url = request.url ?? '';
    if (request.method === 'POST') {
      if (url === '/authorisations') return authorise(request, response, text);
      const kind = MOVEMENTS[url];
      if (kind !== undefined) {
        const wish = movementOf(kind, text);
        return answer(response, wish === undefined ? refusal(400, 'malformed') : accounts.move(wish, Date.now()));
      }
    }
    if (request.method === 'GET') {
      if (url.startsWith('/authorisations/'))
        return answer(response, accounts.read(decodeURIComponent(url.slice('/authorisations/'.length))));
      if (url.startsWith('/report')) {
        const { status, type, text: report } = reportOf(url, accounts);
        return send(response, status, report, type);
      }
    }
    return send(response, 404, { error: 'not_found' });
  }

  function control(request: IncomingMessage, response: ServerResponse, text: string): void {
    const error = request.method === 'POST' ? change(moods, JSON.parse(text) as Record<string, unknown>) : undefined;
    if (error === undefined) send(response, 200, { ...moods, authorisations: accounts.size() });
    else send(response, 400, { error });
  }

  async function serve(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    try {
      if (request.url === '/control') return control(request, response, text);
      if (moods.delayMs > 0) await pause(moods.delayMs);
      if (moods.down) return send(response, 503, { error: 'down' });
      await handle(request, response, text);
    } catch {
      send(response, 400, { error: 'malformed' });
    }
  }

  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > LARGEST_BODY_BYTES) request.destroy();
    });
    request.on('end', () => void serve(request, response, text));
  });
  server.keepAliveTimeout = 75_000;
  server.on('close', () => journal.close());
  return server;
}

const APPROVED = new Set(['tok_visa', 'tok_slow', 'tok_lost', 'tok_delayed']);

const MOVEMENTS: Readonly<Record<string, 'capture' | 'void' | 'refund'>> = {
  '/captures': 'capture',
  '/voids': 'void',
  '/refunds': 'refund',
};

function send(response: ServerResponse, status: number, body: object | string, type = 'application/json'): void {
  if (response.destroyed || response.headersSent) return;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(condition: () => boolean, mostMs: number): Promise<void> {
  const end = Date.now() + mostMs;
  while (!condition() && Date.now() < end) await pause(LOOK_AGAIN_MS);
  await pause(LOOK_AGAIN_MS);
}
