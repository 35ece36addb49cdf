import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { pause, send, simulatorServer } from '../../simulation/http.ts';
import { type JournalFile, journalFile, noJournal } from '../../simulation/journal-file.ts';
import { type Answer, book, type Line, refusal } from './book.ts';
import { calm, change } from './moods.ts';
import { reports } from './report.ts';
import { authorisationOf, movementOf } from './requests.ts';

const LOOK_AGAIN_MS = 20;

/**
 * A card processor to develop and test against. Tokens: `tok_visa` is approved, `tok_declined` declined, `tok_slow` approved
 * after a while, `tok_broken` answered 500, `tok_lost` approved with the answer lost, `tok_delayed` held until its void has
 * overtaken it; any other is declined. Plain node:http, for it stands on the path of every checkout.
 */
export function cardProcessorSimulator(options: { readonly data?: string } = {}): Server {
  const accounts = book();
  const journal: JournalFile<Line> =
    options.data === undefined ? noJournal : journalFile(options.data, (line) => accounts.replay(line));
  const moods = calm();
  const told = reports(accounts);

  function answer(response: ServerResponse, { status, body, line }: Answer): void {
    if (line === undefined) send(response, status, body);
    else journal.append(line, () => send(response, status, body));
  }

  function authorise(request: IncomingMessage, response: ServerResponse, text: string): void | Promise<void> {
    const wish = authorisationOf(text);
    if (wish === undefined) return send(response, 400, { error: 'malformed' });
    const { source, reference } = wish;
    const decide = () => {
      const answered = accounts.authorise({ ...wish, approved: APPROVED.has(source) }, Date.now());
      if (source !== 'tok_lost' || answered.line === undefined) return answer(response, answered);
      journal.append(answered.line, () => request.socket.destroy());
    };
    if (source === 'tok_broken') return send(response, 500, { error: 'internal' });
    if (source === 'tok_slow' && moods.slowMs > 0) return pause(moods.slowMs).then(decide);
    if (source === 'tok_delayed') return until(() => accounts.isClosed(reference), moods.heldMs).then(decide);
    decide();
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
        const { status, type, text: report } = told.answer(url);
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

  const server = simulatorServer(async (request, response, text) => {
    if (request.url === '/control') return control(request, response, text);
    if (request.url === '/control/report') {
      const error = told.forge(JSON.parse(text) as Record<string, unknown>);
      return send(response, error === undefined ? 200 : 400, { error });
    }
    if (moods.delayMs > 0) await pause(moods.delayMs);
    if (moods.down) return send(response, 503, { error: 'down' });
    return handle(request, response, text);
  });
  server.on('close', () => journal.close());
  return server;
}

const APPROVED = new Set(['tok_visa', 'tok_slow', 'tok_lost', 'tok_delayed']);

const MOVEMENTS: Readonly<Record<string, 'capture' | 'void' | 'refund'>> = {
  '/captures': 'capture',
  '/voids': 'void',
  '/refunds': 'refund',
};

async function until(condition: () => boolean, mostMs: number): Promise<void> {
  const end = Date.now() + mostMs;
  while (!condition() && Date.now() < end) await pause(LOOK_AGAIN_MS);
  await pause(LOOK_AGAIN_MS);
}
