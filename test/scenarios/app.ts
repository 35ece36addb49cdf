import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { dereferenced } from '../contracts/dereferenced.ts';
import { type Answer, type Body, type Call, call, type ShopUnderTest } from './api.ts';

export type Platform = 'ios' | 'android';

/** An app as its shop sees it: it says what device it runs on, keeps its guest's token, and holds every answer against the contract. */
export interface App {
  readonly platform: Platform;
  /** The token that came with the first cart. */
  token: string | undefined;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** A write, with a key of its own unless one is given. */
  write(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object, key?: string): Promise<Answer>;
  /** The events of a stream as they come. */
  events(path: string, signal: AbortSignal, headers?: Record<string, string>): AsyncGenerator<AppEvent>;
}

export interface AppEvent {
  readonly id: string;
  readonly data: Body;
}

const DEVICES = {
  ios: { 'x-device-scale': '3', 'x-os-version': '18.1', 'x-app-version': '2.1' },
  android: { 'x-device-density': 'xxhdpi', 'x-os-api-level': '35', 'x-app-version': '3.2' },
} as const;

/** Opens an app on a shop. Paths are given without `/{platform}/v1`. */
export async function openApp(shop: ShopUnderTest, platform: Platform): Promise<App> {
  const fits = await contractOf(shop, platform);
  const base = `/${platform}/v1`;

  const app: App = {
    platform,
    token: undefined,
    get: (path, headers = {}) => ask('GET', path, { headers }),
    write: (method, path, body, key = randomUUID()) =>
      ask(method, path, { headers: { 'idempotency-key': key }, ...(body !== undefined && { body }) }),
    async *events(path, signal, headers = {}) {
      const response = await fetch(new URL(base + path, shop.url), {
        headers: { ...DEVICES[platform], ...bearer(), ...headers },
        signal,
      });
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
      let text = '';
      for await (const part of response.body ?? []) {
        text += Buffer.from(part).toString();
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const message = text.slice(0, end);
          text = text.slice(end + 2);
          const id = /^id: (.*)$/m.exec(message)?.[1];
          const data = /^data: (.*)$/m.exec(message)?.[1];
          if (id !== undefined && data !== undefined) yield { id, data: JSON.parse(data) };
        }
      }
    },
  };
  const bearer = (): Record<string, string> =>
    app.token === undefined ? {} : { authorization: `Bearer ${app.token}` };

  async function ask(method: string, path: string, { headers, ...options }: Call): Promise<Answer> {
    const answer = await call(shop, method, base + path, {
      ...options,
      headers: { ...DEVICES[platform], ...bearer(), ...headers },
    });
    fits(method, base + path, answer);
    if (typeof answer.body?.token === 'string') app.token = answer.body.token;
    return answer;
  }
  return app;
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
}

/** Asserts that an answer is what the platform's own document says of its address, problems too. */
async function contractOf(shop: ShopUnderTest, platform: Platform) {
  const { body: document } = await call(shop, 'GET', `/${platform}/openapi.json`);
  const paths: Record<string, Record<string, Operation>> = dereferenced(document.paths, document.components.schemas);
  const routes = Object.entries(paths).map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    /** Of two that fit, the one with fewer wildcards is meant. */
    wildcards: path.split('{').length,
    methods,
  }));
  routes.sort((a, b) => a.wildcards - b.wildcards);
  const compiled = new Map<object, Validator>();

  return (method: string, path: string, answer: Answer) => {
    const [plain = ''] = path.split('?');
    const operation = routes.find(({ pattern }) => pattern.test(plain))?.methods[method.toLowerCase()];
    assert.ok(operation, `the contract of ${platform} has no ${method} ${plain}`);
    if (answer.status === 304) return;
    const said = operation.responses[String(answer.status)];
    assert.ok(said, `${method} ${plain} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    const [type, content] = Object.entries(said.content ?? {})[0] ?? [];
    if (content === undefined || type === undefined) return assert.equal(answer.body, '');
    assert.equal((answer.headers.get('content-type') ?? '').split(';')[0], type);
    let validator = compiled.get(content);
    if (validator === undefined) {
      validator = Compile(content.schema as TSchema);
      compiled.set(content, validator);
    }
    const errors = validator.Errors(answer.body);
    assert.deepEqual(errors, [], `${method} ${plain} ${answer.status}: ${JSON.stringify(answer.body).slice(0, 2_000)}`);
  };
}

/** The items of a page of a list, and the key of the page after, in either platform's words. */
export function pageOf(platform: Platform, body: Body): { items: Body[]; next: string | null } {
  return platform === 'ios' ? { items: body.items, next: body.nextCursor } : { items: body.data, next: body.nextKey };
}

/** What asks for a page of a list. */
export function pageQuery(platform: Platform, size: number, key?: string | null): string {
  const [sizeName, keyName] = platform === 'ios' ? ['limit', 'cursor'] : ['loadSize', 'key'];
  return `${sizeName}=${size}${key == null ? '' : `&${keyName}=${encodeURIComponent(key)}`}`;
}
