import { Agent, request } from 'undici';

export interface RegistryAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** The parsed body; undefined when there is none. */
  readonly json: unknown;
}

export interface RegistryQuestion {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
  /** Statuses that are answers; any other is thrown. */
  readonly expects: readonly number[];
  /** How long the registry may hold the question back, in ms; more than that is a registry that is away. */
  readonly heldMs?: number;
}

export interface RegistryHttp {
  /** Throws when the registry does not answer, or otherwise than expected. */
  ask(question: RegistryQuestion): Promise<RegistryAnswer>;
  close(): Promise<void>;
}

const CONNECT_MS = 2_000;
const ANSWER_MS = 3_000;
const MOST_BYTES = 32 * 1024 * 1024;
const EXCERPT = 200;

/** Asks one of several servers of a registry: the one that answered last, the next one after it failed. */
export function registryHttp(urls: readonly string[], headers: Readonly<Record<string, string>> = {}): RegistryHttp {
  const bases = urls.map((url) => url.replace(/\/+$/, ''));
  const agent = new Agent({ connect: { timeout: CONNECT_MS }, maxResponseSize: MOST_BYTES, keepAliveTimeout: 30_000 });
  let chosen = 0;

  const askOne = async (base: string, question: RegistryQuestion): Promise<RegistryAnswer> => {
    const answerMs = ANSWER_MS + (question.heldMs ?? 0);
    const {
      statusCode,
      headers: answered,
      body,
    } = await request(`${base}${question.path}`, {
      dispatcher: agent,
      method: question.method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: question.body === undefined ? null : JSON.stringify(question.body),
      signal: question.signal,
      headersTimeout: answerMs,
      bodyTimeout: ANSWER_MS,
    });
    const text = await body.text();
    if (!question.expects.includes(statusCode))
      throw new Error(`the registry answered ${statusCode}${text === '' ? '' : `: ${text.slice(0, EXCERPT).trim()}`}`);
    return {
      status: statusCode,
      header: (name) => {
        const value = answered[name];
        return Array.isArray(value) ? value[0] : value;
      },
      json: statusCode < 300 && isJson(answered['content-type']) && text !== '' ? JSON.parse(text) : undefined,
    };
  };

  return {
    async ask(question) {
      const asked = chosen % bases.length;
      const base = bases[asked] ?? '';
      try {
        return await askOne(base, question);
      } catch (error) {
        if (!question.signal.aborted && chosen % bases.length === asked) chosen += 1;
        throw new Error(`${base} does not serve`, { cause: error });
      }
    },
    close: () => agent.destroy(),
  };
}

function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && contentType.includes('json');
}
